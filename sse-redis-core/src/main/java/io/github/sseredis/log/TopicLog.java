package io.github.sseredis.log;

import java.lang.invoke.VarHandle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The events of one topic that the log still has, and who reads them.
 *
 * <p>
 * One thread appends and drops, any number read without a lock. A reader takes the end
 * first, then the ring: what it finds there at an index is the entry, or something that
 * does not carry this index, if the entry was dropped meanwhile. That it was dropped
 * shows in {@link #dropped}, which is raised before the slot is touched, so a reader that
 * looks there <em>after</em> it has collected knows whether it missed anything. Slots are
 * plain memory, and volatile fields alone do not order them: that takes the two fences.
 */
final class TopicLog {

	private static final LogEntry[] EMPTY = new LogEntry[0];

	private static final int SMALLEST_RING = 2;

	private final String topic;

	/** Length zero or a power of two; replaced, never shared, when it changes size. */
	private volatile @Nullable LogEntry[] ring = EMPTY;

	/** The index of the oldest entry. */
	private volatile long first;

	/** The index that the next entry will have. */
	private volatile long next;

	/** The sequence number of the newest event that may be missing here. */
	private volatile long dropped;

	/** Null until the first; changed only within the partition's index of topics. */
	private volatile @Nullable Set<Subscriber> subscribers;

	/** Whether it awaits a signal; touched by the appending thread only. */
	private boolean touched;

	TopicLog(String topic, long dropped) {
		this.topic = topic;
		this.dropped = dropped;
	}

	String topic() {
		return this.topic;
	}

	/**
	 * Whether an event after a sequence number may be missing here. Counts for what was
	 * read from the ring before the call.
	 */
	boolean isIncompleteAfter(long sequence) {
		VarHandle.acquireFence();
		return this.dropped > sequence;
	}

	/** Returns the index of the oldest entry after a sequence number. */
	long indexAfter(long sequence) {
		long end = this.next;
		long from = Math.min(this.first, end);
		// Nearly always the reader is a few events behind: search from the new end.
		long step = 1;
		long to = end;
		while (to - step > from && !isUpTo(to - step, sequence)) {
			to -= step;
			step <<= 1;
		}
		from = Math.max(from, to - step);
		while (from < to) {
			long middle = (from + to) >>> 1;
			if (isUpTo(middle, sequence)) {
				from = middle + 1;
			}
			else {
				to = middle;
			}
		}
		return from;
	}

	/** Returns the entry at an index; null if it is not there or no longer. */
	@Nullable LogEntry at(long index) {
		if (index >= this.next) {
			return null;
		}
		@Nullable LogEntry[] entries = this.ring;
		if (entries.length == 0) {
			return null;
		}
		LogEntry entry = entries[(int) (index & (entries.length - 1))];
		return entry != null && entry.index() == index ? entry : null;
	}

	// What is gone is older than what is there.
	private boolean isUpTo(long index, long sequence) {
		LogEntry entry = at(index);
		return entry == null || entry.sequence() <= sequence;
	}

	LogEntry add(long sequence, byte[] frame, long publishedAt) {
		@Nullable LogEntry[] entries = this.ring;
		long index = this.next;
		int size = (int) (index - this.first);
		if (size == entries.length) {
			entries = resize(Math.max(SMALLEST_RING, size * 2));
		}
		LogEntry entry = new LogEntry(sequence, index, this, frame, publishedAt);
		entries[(int) (index & (entries.length - 1))] = entry;
		this.next = index + 1;
		return entry;
	}

	void drop(LogEntry oldest) {
		this.dropped = oldest.sequence();
		VarHandle.storeStoreFence();
		@Nullable LogEntry[] entries = this.ring;
		entries[(int) (oldest.index() & (entries.length - 1))] = null;
		this.first = oldest.index() + 1;
		int size = (int) (this.next - this.first);
		if (size == 0) {
			this.ring = EMPTY;
		}
		else if (entries.length > 16 && size < entries.length / 4) {
			resize(entries.length / 2);
		}
	}

	void clear(long sequence) {
		this.dropped = sequence;
		this.first = this.next;
		this.ring = EMPTY;
	}

	private @Nullable LogEntry[] resize(int length) {
		@Nullable LogEntry[] old = this.ring;
		@Nullable LogEntry[] entries = new @Nullable LogEntry[length];
		for (long i = this.first; i < this.next; i++) {
			entries[(int) (i & (length - 1))] = old[(int) (i & (old.length - 1))];
		}
		this.ring = entries;
		return entries;
	}

	void subscribe(Subscriber subscriber) {
		Set<Subscriber> current = this.subscribers;
		if (current == null) {
			current = ConcurrentHashMap.newKeySet(1);
			this.subscribers = current;
		}
		current.add(subscriber);
	}

	void unsubscribe(Subscriber subscriber) {
		Set<Subscriber> current = this.subscribers;
		if (current != null) {
			current.remove(subscriber);
			if (current.isEmpty()) {
				this.subscribers = null;
			}
		}
	}

	int subscriberCount() {
		Set<Subscriber> current = this.subscribers;
		return current != null ? current.size() : 0;
	}

	boolean isEmpty() {
		return this.first == this.next;
	}

	boolean isUnused() {
		return this.subscribers == null && isEmpty();
	}

	boolean touch() {
		boolean first = !this.touched;
		this.touched = true;
		return first;
	}

	void signal() {
		this.touched = false;
		Set<Subscriber> current = this.subscribers;
		if (current != null) {
			current.forEach(Subscriber::signal);
		}
	}

}
