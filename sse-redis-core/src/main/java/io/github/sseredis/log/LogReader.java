package io.github.sseredis.log;

import java.util.Arrays;
import java.util.List;

import io.github.sseredis.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * A place in the log of one partition from which some topics are read on: a number and
 * the lineage in which it counts, never an entry, which would keep its successors alive.
 * It is subscribed to its topics from its creation until {@link #close}.
 *
 * <p>
 * Created by one thread and then read by one at a time; what others may ask for is
 * volatile.
 */
public final class LogReader {

	/** What a call of {@link #read} found. */
	public enum Result {

		/** No position is known yet: there will be a signal. */
		WAITING,

		/** Events may be missing: {@link #acceptReset} goes on after them. */
		RESET,

		/** The batch is full and there is more. */
		MORE,

		/** The batch has everything up to the end of the log. */
		UP_TO_DATE

	}

	private final PartitionLog log;

	private final TopicLog[] topics;

	private final Subscriber subscriber;

	// Written by the reading thread only.

	/** The lineage in which the sequence counts; null while no position was known. */
	private volatile @Nullable Lineage lineage;

	private volatile long sequence;

	/** The place from before a position was known. */
	private volatile @Nullable Position cursor;

	private volatile @Nullable ResetReason reset;

	private boolean caughtUp;

	/** Indexes of the entries to merge next, one a topic; null with a single topic. */
	private final long @Nullable [] merging;

	private LogReader(PartitionLog log, List<String> topics, Subscriber subscriber) {
		this.log = log;
		this.subscriber = subscriber;
		this.topics = topics.stream().map((topic) -> log.subscribe(topic, subscriber)).toArray(TopicLog[]::new);
		this.merging = this.topics.length > 1 ? new long[this.topics.length] : null;
	}

	/**
	 * Opens a reader of what comes. Subscribed first, then placed at the end, it misses
	 * nothing that is published after the call.
	 */
	public static LogReader open(PartitionLog log, List<String> topics, Subscriber subscriber) {
		LogReader reader = new LogReader(log, topics, subscriber);
		reader.cursor = log.position();
		reader.settle();
		return reader;
	}

	/** Opens a reader of what comes after a position. */
	public static LogReader resume(PartitionLog log, List<String> topics, Subscriber subscriber, Position cursor) {
		LogReader reader = new LogReader(log, topics, subscriber);
		reader.cursor = cursor;
		reader.settle();
		return reader;
	}

	/** Opens a reader that begins with a reset. */
	public static LogReader reset(PartitionLog log, List<String> topics, Subscriber subscriber, ResetReason reason) {
		LogReader reader = new LogReader(log, topics, subscriber);
		reader.reset = reason;
		return reader;
	}

	/**
	 * The position after which reading goes on; null before a reset, and while none is
	 * known.
	 */
	public @Nullable Position position() {
		Lineage current = this.lineage;
		if (this.reset != null || current == null) {
			return this.reset == null ? this.cursor : null;
		}
		return new Position(current.epoch(), this.sequence);
	}

	/**
	 * Whether reading goes on from {@link #position}, as far as can be said now: not
	 * while no position of the log is known, and not before a reset.
	 */
	public boolean isPlaced() {
		settle();
		if (this.lineage == null || this.reset != null) {
			return false;
		}
		if (isOutside(this.sequence)) {
			this.reset = ResetReason.TRIMMED;
			return false;
		}
		return true;
	}

	/** The number of events of the partition between here and the end of the log. */
	public long lag() {
		return this.lineage != null ? Math.max(0, this.log.end() - this.sequence) : 0;
	}

	public int partition() {
		return this.log.partition();
	}

	/** The topics that are read. */
	public List<String> topics() {
		return Arrays.stream(this.topics).map(TopicLog::topic).toList();
	}

	/** Collects what follows into an empty batch, in order. */
	public Result read(FrameBatch batch) {
		settle();
		Lineage current = this.lineage;
		if (current == null) {
			return Result.WAITING;
		}
		if (this.reset != null) {
			return Result.RESET;
		}
		long from = this.sequence;
		long end = this.log.end();
		if (end <= from) {
			this.caughtUp = true;
			return Result.UP_TO_DATE;
		}
		boolean all = collect(from, end, batch);
		return accept(current, from, all ? end : batch.sequence(batch.size() - 1), all, batch);
	}

	// Only what is proven after it was collected counts: neither the log began anew, nor
	// did it drop an event that should be in the batch.
	private Result accept(Lineage current, long from, long to, boolean all, FrameBatch batch) {
		if (this.log.lineage() != current) {
			batch.clear();
			return Result.MORE;
		}
		if (isOutside(from)) {
			batch.clear();
			this.reset = this.caughtUp ? ResetReason.OVERFLOW : ResetReason.TRIMMED;
			return Result.RESET;
		}
		this.sequence = to;
		this.caughtUp |= all;
		return all ? Result.UP_TO_DATE : Result.MORE;
	}

	private boolean isOutside(long place) {
		for (TopicLog topic : this.topics) {
			if (topic.dropped() > place) {
				return true;
			}
		}
		return false;
	}

	/** Why events may be missing; null if none are. */
	public @Nullable ResetReason resetReason() {
		return this.reset;
	}

	/**
	 * Goes on at the end of the log.
	 * @return the position there; null if none is known again
	 */
	public @Nullable Position acceptReset() {
		Lineage current = this.log.lineage();
		if (current == null) {
			return null;
		}
		this.sequence = this.log.end();
		this.lineage = current;
		this.cursor = null;
		this.reset = null;
		this.caughtUp = true;
		// Had the log begun anew in between, the next read would find another lineage and
		// judge this position in it.
		return new Position(current.epoch(), this.sequence);
	}

	/** Ends the subscription. */
	public void close() {
		for (TopicLog topic : this.topics) {
			this.log.unsubscribe(topic.topic(), this.subscriber);
		}
	}

	private void settle() {
		Lineage current = this.log.lineage();
		if (current == null || current == this.lineage) {
			return;
		}
		Position place = this.lineage != null ? new Position(this.lineage.epoch(), this.sequence) : this.cursor;
		if (this.reset == null) {
			this.reset = place != null ? current.objectionTo(place) : ResetReason.UNKNOWN_EPOCH;
			this.sequence = place != null ? place.sequence() : 0;
		}
		this.lineage = current;
		this.cursor = null;
	}

	private boolean collect(long after, long upTo, FrameBatch batch) {
		return this.merging == null ? collectOne(this.topics[0], after, upTo, batch)
				: collectMerged(this.merging, after, upTo, batch);
	}

	private static boolean collectOne(TopicLog topic, long after, long upTo, FrameBatch batch) {
		long index = topic.indexAfter(after);
		LogEntry entry = topic.at(index);
		while (entry != null && entry.sequence() <= upTo) {
			if (batch.isFull()) {
				return false;
			}
			batch.add(entry.sequence(), entry.frame());
			entry = topic.at(++index);
		}
		return true;
	}

	private boolean collectMerged(long[] indexes, long after, long upTo, FrameBatch batch) {
		for (int i = 0; i < indexes.length; i++) {
			indexes[i] = this.topics[i].indexAfter(after);
		}
		while (true) {
			LogEntry lowest = null;
			int from = 0;
			for (int i = 0; i < indexes.length; i++) {
				LogEntry entry = this.topics[i].at(indexes[i]);
				if (entry != null && (lowest == null || entry.sequence() < lowest.sequence())) {
					lowest = entry;
					from = i;
				}
			}
			if (lowest == null || lowest.sequence() > upTo) {
				return true;
			}
			if (batch.isFull()) {
				return false;
			}
			batch.add(lowest.sequence(), lowest.frame());
			indexes[from]++;
		}
	}

}
