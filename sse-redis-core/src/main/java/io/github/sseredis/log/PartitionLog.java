package io.github.sseredis.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;

import io.github.sseredis.EventFrame;
import org.jspecify.annotations.Nullable;

/**
 * The recent events of one partition in their order, bounded by memory. One thread at a
 * time writes ({@link #start}, {@link #renew}, {@link #append}, {@link #publish}); any
 * number of {@link LogReader}s read without a lock.
 *
 * <p>
 * The index of topics is a concurrent map, and every change of what a topic's log is kept
 * for (events, subscribers) is made inside {@code compute}: so no topic's log is removed
 * while another thread is about to use it.
 */
public final class PartitionLog {

	/** The time of an event of which it is not known when it was published. */
	public static final long UNKNOWN_TIME = Long.MIN_VALUE;

	/** What an event costs beyond its frame: entry, array header, slots in two rings. */
	static final int EVENT_OVERHEAD = 88;

	/** What a topic costs beyond its events: its log, and its place in the index. */
	static final int TOPIC_OVERHEAD = 192;

	private final int partition;

	private final boolean only;

	private final long memory;

	private final ConcurrentMap<String, TopicLog> topics = new ConcurrentHashMap<>();

	/**
	 * Held exclusively while all topics are given the number that the log begins with,
	 * shared by whoever adds one: else it could keep the number of the log before.
	 */
	private final ReadWriteLock beginning = new ReentrantReadWriteLock();

	private volatile History history = History.NONE;

	/** Null while no position is known. Set last when the log begins, cleared first. */
	private volatile @Nullable Lineage lineage;

	/** The number up to which everything is here that is going to be. */
	private volatile long end;

	/** What the end was when the log began. */
	private volatile long begun;

	/** The number of the newest event that may be missing for a topic without a log. */
	private volatile long dropped;

	/** What {@link #held} was at the last {@link #publish}. */
	private volatile long bytes;

	/** What {@link #count} was at the last {@link #publish}. */
	private volatile long appendedCount;

	// Touched by the writing thread only.

	private final Deque<LogEntry> entries = new ArrayDeque<>();

	private final List<TopicLog> touched = new ArrayList<>();

	private long appended;

	private long held;

	/** The events appended since the instance started. */
	private long count;

	/** The lineage of a log that has been started and not published yet. */
	private @Nullable Lineage starting;

	PartitionLog(int partition, int partitions, long memory) {
		this.partition = partition;
		this.only = partitions == 1;
		this.memory = memory;
	}

	public int partition() {
		return this.partition;
	}

	/** Says where events are kept that this log has dropped. */
	public void keptIn(History history) {
		this.history = history;
	}

	History history() {
		return this.history;
	}

	/** The lineage; null while no position is known. */
	public @Nullable Lineage lineage() {
		return this.lineage;
	}

	/** The number of the newest event that may be read. */
	public long end() {
		return this.end;
	}

	/** The position of the newest event; null while none is known. */
	public @Nullable Position position() {
		return position(() -> this.end);
	}

	/** What the position was when there first was one; null while none is known. */
	@Nullable Position beginning() {
		return position(() -> this.begun);
	}

	private @Nullable Position position(LongSupplier number) {
		while (true) {
			Lineage before = this.lineage;
			if (before == null) {
				return null;
			}
			long sequence = number.getAsLong();
			if (this.lineage == before) {
				return new Position(before.epoch(), sequence);
			}
		}
	}

	/** The memory that the events take, in bytes, estimated from above. */
	public long bytes() {
		return this.bytes;
	}

	/** The number of events appended since the instance started. */
	public long appendedCount() {
		return this.appendedCount;
	}

	long dropped() {
		return this.dropped;
	}

	int subscriberCount(String topic) {
		TopicLog log = this.topics.get(topic);
		return log != null ? log.subscriberCount() : 0;
	}

	TopicLog subscribe(String topic, Subscriber subscriber) {
		this.beginning.readLock().lock();
		try {
			return this.topics.compute(topic, (name, log) -> {
				TopicLog subscribed = log != null ? log : new TopicLog(name, this.dropped);
				subscribed.subscribe(subscriber);
				return subscribed;
			});
		}
		finally {
			this.beginning.readLock().unlock();
		}
	}

	void unsubscribe(String topic, Subscriber subscriber) {
		this.topics.computeIfPresent(topic, (name, log) -> {
			log.unsubscribe(subscriber);
			return log.isUnused() ? null : log;
		});
	}

	/**
	 * Begins anew, without events, after a sequence number: what is at or below it is not
	 * here. Until {@link #publish} there is no position, so that readers judge their
	 * place by what the log begins with, not by a part of it.
	 */
	public void start(Lineage lineage, long sequence) {
		this.lineage = null;
		this.entries.clear();
		this.touched.clear();
		this.beginning.writeLock().lock();
		try {
			clearTopics(sequence);
		}
		finally {
			this.beginning.writeLock().unlock();
		}
		this.held = 0;
		this.bytes = 0;
		this.appended = sequence;
		this.end = sequence;
		this.starting = lineage;
	}

	private void clearTopics(long sequence) {
		this.dropped = sequence;
		this.topics.keySet().forEach((topic) -> this.topics.computeIfPresent(topic, (name, log) -> {
			log.clear(sequence);
			return log.isUnused() ? null : log;
		}));
	}

	/** Goes on under another lineage, with all its events. */
	public void renew(Lineage lineage) {
		this.lineage = lineage;
		signalAll();
	}

	/**
	 * Appends an event of which it is not known when it was published.
	 * @see #append(long, String, byte[], long)
	 */
	public void append(long sequence, String topic, byte[] fields) {
		append(sequence, topic, fields, UNKNOWN_TIME);
	}

	/**
	 * Appends an event, which readers see after {@link #publish}.
	 * @param sequence greater than that of any event before
	 * @param fields what {@link EventFrame#encode} returned
	 * @param publishedAt when it was published, as {@link System#nanoTime} of this
	 * process
	 */
	public void append(long sequence, String topic, byte[] fields, long publishedAt) {
		if (sequence <= this.appended) {
			throw new IllegalArgumentException("Sequence " + sequence + " after " + this.appended);
		}
		byte[] frame = frame(sequence, topic, fields);
		TopicLog log = this.topics.compute(topic, (name, existing) -> {
			TopicLog target = existing != null ? existing : new TopicLog(name, this.dropped);
			if (target.isEmpty()) {
				this.held += TOPIC_OVERHEAD + 2L * name.length();
			}
			this.entries.add(target.add(sequence, frame, publishedAt));
			return target;
		});
		this.appended = sequence;
		this.count++;
		this.held += EVENT_OVERHEAD + frame.length;
		if (log.touch()) {
			this.touched.add(log);
		}
		while (this.held > this.memory && !this.entries.isEmpty()) {
			dropOldest();
		}
	}

	/**
	 * Raises the end of the log to a number, over events that are nobody's too, and
	 * signals who reads the topics of what was appended.
	 */
	public void publish(long sequence) {
		this.appended = Math.max(this.appended, sequence);
		this.bytes = this.held;
		this.appendedCount = this.count;
		this.end = this.appended;
		if (this.starting != null) {
			this.begun = this.end;
			this.lineage = this.starting;
			this.starting = null;
			this.touched.clear();
			signalAll();
			return;
		}
		for (TopicLog log : this.touched) {
			log.signal();
		}
		this.touched.clear();
	}

	// The log's number before the index, the index before the slot: whoever finds the
	// event gone, or creates the topic's log anew, also finds the number raised.
	private void dropOldest() {
		LogEntry oldest = this.entries.remove();
		this.dropped = oldest.sequence();
		this.held -= EVENT_OVERHEAD + oldest.frame().length;
		this.topics.computeIfPresent(oldest.topic().topic(), (name, log) -> {
			log.drop(oldest);
			if (log.isEmpty()) {
				this.held -= TOPIC_OVERHEAD + 2L * name.length();
			}
			return log.isUnused() ? null : log;
		});
	}

	private byte[] frame(long sequence, String topic, byte[] fields) {
		Lineage current = this.starting != null ? this.starting : this.lineage;
		if (current == null) {
			throw new IllegalStateException("The log of partition " + this.partition + " has not been started");
		}
		return frame(current.epoch(), sequence, topic, fields);
	}

	/**
	 * Returns what is written to clients for an event: with its ID, if the position in
	 * this partition is all that an ID needs.
	 */
	public byte[] frame(String epoch, long sequence, String topic, byte[] fields) {
		if (!this.only || topic.startsWith("$")) {
			return fields;
		}
		StringBuilder id = new StringBuilder(Position.EPOCH_LENGTH + 8);
		new Position(epoch, sequence).appendTo(id);
		return EventFrame.withId(fields, id.toString());
	}

	private void signalAll() {
		this.topics.values().forEach(TopicLog::signal);
	}

}
