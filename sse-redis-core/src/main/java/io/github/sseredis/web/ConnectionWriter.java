package io.github.sseredis.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.sseredis.EventId;
import io.github.sseredis.ResetReason;
import io.github.sseredis.log.FrameBatch;
import io.github.sseredis.log.LogReader;
import io.github.sseredis.log.LogReader.Result;
import org.jspecify.annotations.Nullable;

/**
 * Writes one connection: what its readers find, and what the protocol adds to it. Used by
 * one drainer at a time; {@link #close}, {@link #lastEventId}, {@link #isUpToDate} and
 * {@link #lag} by anyone.
 */
final class ConnectionWriter {

	/** After so many bytes a drainer lets others go first. */
	private static final int YIELD_AFTER = 64 * 1024;

	private final ConnectionEmitter emitter;

	private final TopicReaders readers;

	private final WireBlocks blocks;

	private final ConnectionStatistics statistics;

	private final DrainTally tally = new DrainTally();

	/** What the client came with; null once the stream is open. */
	private @Nullable Opening opening;

	private List<byte[]> initial = new ArrayList<>();

	private boolean unflushed;

	private boolean written;

	/** Whether the last drain has read all there was; written by the drainer. */
	private volatile boolean upToDate;

	/** Whether it is still open what becomes of the ID that the client came with. */
	private boolean resuming;

	ConnectionWriter(ConnectionEmitter emitter, TopicReaders readers, ConnectionContext context, Opening opening) {
		this.emitter = emitter;
		this.readers = readers;
		this.blocks = context.blocks();
		this.statistics = context.statistics();
		this.opening = opening;
		this.resuming = opening.lastEventId() != null;
	}

	/** Adds a frame for the beginning; by the request thread, before the first drain. */
	void addInitial(byte[] frame) {
		this.initial.add(frame);
	}

	/**
	 * Writes what there is to write.
	 * @param heartbeat whether to write the position if there is nothing else
	 * @return whether there is more
	 */
	boolean drain(DrainBuffer buffer, boolean heartbeat) throws IOException {
		this.written = false;
		open();
		int written = 0;
		boolean more;
		boolean all;
		do {
			more = false;
			all = true;
			// Not by an iterator, which would be one of the larger objects of a drain.
			for (int i = 0; i < this.readers.all().size(); i++) {
				LogReader reader = this.readers.all().get(i);
				Result result = reader.read(buffer.batch());
				written += buffer.batch().bytes();
				writeFrames(reader, buffer);
				all &= result == Result.UP_TO_DATE;
				more |= result == Result.MORE || (result == Result.RESET && reset(reader));
			}
		}
		while (more && written < YIELD_AFTER);
		if (heartbeat && !this.written) {
			write(this.blocks.heartbeat(this.readers.lastEventId()));
		}
		flush();
		this.upToDate = all;
		if (this.resuming && all) {
			this.resuming = false;
			this.statistics.resumed(this.readers.haveReadHistory());
		}
		return more;
	}

	/** Counts what was written since it was counted last, up to a time. */
	void count(long now) {
		this.statistics.drained(this.tally, now);
		this.tally.clear();
	}

	/** Whether the last drain wrote anything. */
	boolean hasWritten() {
		return this.written;
	}

	/** Writes when to come back, and why to one that was refused. */
	void writeFarewell(EndReason reason) throws IOException {
		write(reason.saysMuchLater() ? this.blocks.retryMuchLater() : this.blocks.retry());
		if (reason == EndReason.REFUSED) {
			for (byte[] frame : this.initial) {
				write(frame);
			}
		}
		flush();
	}

	/** Whether the last drain has read all there was. */
	boolean isUpToDate() {
		return this.upToDate;
	}

	/** Takes the readers out of the index of topics. */
	void close() {
		this.readers.close();
	}

	EventId lastEventId() {
		return Objects.requireNonNullElse(this.readers.lastEventId(), EventId.NONE);
	}

	long lag() {
		return this.readers.lag();
	}

	// The ID in the opening block is the client's own, or none if a reset follows: were
	// the stream cut before the reset has arrived, an ID from beyond it would hide it.
	private void open() throws IOException {
		Opening current = this.opening;
		if (current == null) {
			return;
		}
		this.opening = null;
		boolean placed = this.readers.arePlaced();
		EventId own = this.readers.lastEventId();
		String id = placed && own != null ? Objects.requireNonNullElse(current.lastEventId(), own.toString()) : null;
		write(this.blocks.opening(id));
		if (!placed) {
			for (LogReader reader : this.readers.all()) {
				if (reader.resetReason() != null) {
					reset(reader);
				}
			}
		}
		for (byte[] frame : this.initial) {
			write(frame);
		}
		this.initial = List.of();
		flush();
	}

	private boolean reset(LogReader reader) throws IOException {
		ResetReason reason = reader.resetReason();
		if (reason == null || reader.acceptReset() == null) {
			return false;
		}
		this.statistics.reset(reason, this.resuming);
		this.resuming = false;
		write(this.blocks.reset(reason, reader.topics(), this.readers.lastEventId()));
		return true;
	}

	private void writeFrames(LogReader reader, DrainBuffer buffer) throws IOException {
		FrameBatch batch = buffer.batch();
		if (batch.size() == 0) {
			return;
		}
		this.tally.frames(batch.size(), batch.publishedAt());
		byte[] joined = batch.size() > 1 ? buffer.joined() : null;
		int length = 0;
		for (int i = 0; i < batch.size(); i++) {
			byte[] frame = this.readers.frame(reader, batch.sequence(i), batch.frame(i));
			if (joined != null && length + frame.length > joined.length) {
				write(joined, length);
				length = 0;
			}
			if (joined == null || frame.length > joined.length) {
				write(frame);
			}
			else {
				System.arraycopy(frame, 0, joined, length, frame.length);
				length += frame.length;
			}
		}
		batch.clear();
		if (joined != null && length > 0) {
			write(joined, length);
		}
		flush();
	}

	private void write(byte[] bytes) throws IOException {
		write(bytes, bytes.length);
	}

	private void write(byte[] bytes, int length) throws IOException {
		if (length > 0) {
			this.emitter.write(bytes, length);
			this.tally.write(length);
			this.unflushed = true;
			this.written = true;
		}
	}

	private void flush() throws IOException {
		if (this.unflushed) {
			this.unflushed = false;
			this.emitter.flush();
		}
	}

}
