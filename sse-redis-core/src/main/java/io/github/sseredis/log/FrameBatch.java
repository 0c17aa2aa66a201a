package io.github.sseredis.log;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Frames collected for one write, with their sequence numbers. Used by one thread at a
 * time, and over and over.
 */
public final class FrameBatch {

	/** The size from which a batch takes no more, in bytes. */
	public static final int LIMIT = 16 * 1024;

	private byte[] @Nullable [] frames = new byte[32][];

	private long[] sequences = new long[32];

	private int size;

	private int bytes;

	private long publishedAt = PartitionLog.UNKNOWN_TIME;

	/** Adds an event of the log. */
	void add(LogEntry entry) {
		if (this.size == 0) {
			this.publishedAt = entry.publishedAt();
		}
		add(entry.sequence(), entry.frame());
	}

	void add(long sequence, byte[] frame) {
		if (this.size == this.frames.length) {
			this.frames = Arrays.copyOf(this.frames, this.size * 2);
			this.sequences = Arrays.copyOf(this.sequences, this.size * 2);
		}
		this.frames[this.size] = frame;
		this.sequences[this.size] = sequence;
		this.size++;
		this.bytes += frame.length;
	}

	boolean isFull() {
		return this.bytes >= LIMIT;
	}

	public int size() {
		return this.size;
	}

	/** The size of all frames, in bytes. */
	public int bytes() {
		return this.bytes;
	}

	/**
	 * When the first event was published; {@link PartitionLog#UNKNOWN_TIME} if that is
	 * not known, or nobody waited for it.
	 */
	public long publishedAt() {
		return this.publishedAt;
	}

	/** Notes that nobody was waiting for the events when they were published. */
	void nobodyWaited() {
		this.publishedAt = PartitionLog.UNKNOWN_TIME;
	}

	public byte[] frame(int index) {
		byte[] frame = this.frames[index];
		if (index >= this.size || frame == null) {
			throw new IndexOutOfBoundsException(index);
		}
		return frame;
	}

	public long sequence(int index) {
		return this.sequences[index];
	}

	/** Empties the batch, and keeps no frame alive. */
	public void clear() {
		Arrays.fill(this.frames, 0, this.size, null);
		this.size = 0;
		this.bytes = 0;
		this.publishedAt = PartitionLog.UNKNOWN_TIME;
	}

}
