package io.github.sseredis.log;

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
 * volatile, and anyone may close it.
 */
public final class LogReader {

	/** What a call of {@link #read} found. */
	public enum Result {

		/** No position is known, or history is awaited: there will be a signal. */
		WAITING,

		/** Events may be missing: {@link #acceptReset} goes on after them. */
		RESET,

		/** There is more than the batch has. */
		MORE,

		/** The batch has everything up to the end of the log. */
		UP_TO_DATE,

		/** The reader has been closed: what it would find is not all there is. */
		CLOSED

	}

	private final PartitionLog log;

	private final TopicLogs topics;

	private final Subscriber subscriber;

	/** Whether this was opened before the log had a position. */
	private final boolean early;

	// Written by the reading thread only.

	/** The place from which reading goes on; null if there has never been one. */
	private volatile @Nullable Position place;

	/** Why reading does not go on from the place; null if it does. */
	private volatile @Nullable ResetReason reset;

	// Touched by the reading thread only.

	/** The lineage in which the place was found to count; null before it was judged. */
	private @Nullable Lineage lineage;

	private boolean caughtUp;

	private boolean readHistory;

	/** Whether a reader without a place begins where the log does. */
	private boolean fromOldest;

	/** Whether the place is what a client says, and was not found to count yet. */
	private boolean claimed;

	/** Whether the place is known to others than the log; null where the log knows it. */
	private @Nullable Inquiry inquiry;

	/** What stands in for the log where it does not reach back; null where it does. */
	private @Nullable Replay replay;

	/** Set by any thread, before the topics are left. */
	private volatile boolean closed;

	private LogReader(PartitionLog log, List<String> topics, Subscriber subscriber) {
		this.log = log;
		this.subscriber = subscriber;
		this.early = log.position() == null;
		this.topics = TopicLogs.subscribe(log, topics, subscriber);
	}

	/**
	 * Opens a reader of what comes. Subscribed first, then placed at the end, it misses
	 * nothing that is published after the call.
	 */
	public static LogReader open(PartitionLog log, List<String> topics, Subscriber subscriber) {
		LogReader reader = new LogReader(log, topics, subscriber);
		reader.place = log.position();
		reader.settle();
		return reader;
	}

	/** Opens a reader of all that the log has, or will begin with, and of what comes. */
	public static LogReader oldest(PartitionLog log, List<String> topics, Subscriber subscriber) {
		LogReader reader = new LogReader(log, topics, subscriber);
		reader.fromOldest = true;
		reader.settle();
		return reader;
	}

	/** Opens a reader of what comes after a position. */
	public static LogReader resume(PartitionLog log, List<String> topics, Subscriber subscriber, Position cursor) {
		LogReader reader = new LogReader(log, topics, subscriber);
		reader.place = cursor;
		reader.claimed = true;
		reader.settle();
		return reader;
	}

	/** Opens a reader that begins with a reset. */
	public static LogReader reset(PartitionLog log, List<String> topics, Subscriber subscriber, ResetReason reason) {
		LogReader reader = new LogReader(log, topics, subscriber);
		reader.reset = reason;
		return reader;
	}

	/** Where reading goes on; null before a reset, and while that is not known. */
	public @Nullable Position position() {
		return this.reset == null ? this.place : null;
	}

	/**
	 * Whether reading goes on from {@link #position}, as far as can be said now: not
	 * while no position of the log is known, and not before a reset.
	 */
	public boolean isPlaced() {
		Lineage current = settle();
		Position from = this.place;
		if (current == null || this.reset != null || from == null || this.claimed) {
			return false;
		}
		if (History.NONE.equals(this.log.history()) && this.topics.isIncompleteAfter(from.sequence())) {
			this.reset = ResetReason.TRIMMED;
			return false;
		}
		return true;
	}

	/** The number of events of the partition between here and the end of the log. */
	public long lag() {
		Position from = this.place;
		return from != null ? Math.max(0, this.log.end() - from.sequence()) : 0;
	}

	/** Whether history was asked for what the log did not have; by the reading thread. */
	public boolean hasReadHistory() {
		return this.readHistory;
	}

	public int partition() {
		return this.log.partition();
	}

	/** The topics that are read. */
	public List<String> topics() {
		return this.topics.names();
	}

	/** Collects what follows into an empty batch, in order. */
	public Result read(FrameBatch batch) {
		Lineage current = settle();
		if (current == null) {
			return Result.WAITING;
		}
		Position from = this.place;
		if (this.reset != null || from == null) {
			return Result.RESET;
		}
		if (this.claimed) {
			return Result.WAITING;
		}
		Replay pages = this.replay;
		return pages != null ? replay(pages, current, from.sequence(), batch)
				: readLog(current, from.sequence(), batch);
	}

	private Result readLog(Lineage current, long from, FrameBatch batch) {
		long end = this.log.end();
		if (end < from) {
			return awaitLog(current, from);
		}
		if (end == from) {
			this.caughtUp = true;
			return Result.UP_TO_DATE;
		}
		boolean all = this.topics.collect(from, end, batch);
		// Only what is proven after it was collected counts: neither did the log drop an
		// event that should be in the batch, nor did it begin anew, in which case it
		// forgets what it dropped, nor were the topics left.
		boolean incomplete = this.topics.isIncompleteAfter(from);
		if (this.closed || this.log.lineage() != current) {
			batch.clear();
			return this.closed ? Result.CLOSED : Result.MORE;
		}
		if (incomplete) {
			batch.clear();
			return replay(this.topics.replay(this.log.history(), from), current, from, batch);
		}
		this.inquiry = null;
		this.place = new Position(current.epoch(), all ? end : batch.sequence(batch.size() - 1));
		if (!this.caughtUp) {
			batch.nobodyWaited();
		}
		this.caughtUp |= all;
		return all ? Result.UP_TO_DATE : Result.MORE;
	}

	// A place beyond the log may come from an instance that is ahead of this one; whether
	// there is such a number at all is not for the client to say.
	private Result awaitLog(Lineage current, long from) {
		Inquiry asked = inquire();
		if (asked.isAnswered() && asked.denies(current.epoch(), from)) {
			this.reset = ResetReason.ROLLED_BACK;
			return Result.RESET;
		}
		return asked.isAnswered() && asked.confirms(current.epoch(), from) ? Result.UP_TO_DATE : Result.WAITING;
	}

	private Inquiry inquire() {
		Inquiry asked = this.inquiry;
		if (asked == null) {
			asked = Inquiry.to(this.log.history(), this.subscriber);
			this.inquiry = asked;
		}
		return asked;
	}

	private Result replay(Replay current, Lineage lineage, long from, FrameBatch batch) {
		this.replay = current;
		this.readHistory = true;
		if (!current.isAnswered()) {
			return Result.WAITING;
		}
		if (!current.isOf(lineage.epoch())) {
			// Redis is in an epoch that this log will hear of, and signal.
			this.replay = null;
			return Result.WAITING;
		}
		if (!current.isProven()) {
			this.replay = null;
			this.reset = this.caughtUp ? ResetReason.OVERFLOW : ResetReason.TRIMMED;
			return Result.RESET;
		}
		long reach = current.reach(this.log.end());
		if (reach <= from) {
			this.replay = null;
			return this.topics.isIncompleteAfter(from) ? Result.WAITING : Result.MORE;
		}
		boolean all = current.collect(from, reach, batch);
		boolean complete = current.isCompleteAfter(from);
		if (this.closed || this.log.lineage() != lineage || !complete) {
			batch.clear();
			this.replay = null;
			return this.closed ? Result.CLOSED : Result.MORE;
		}
		this.place = new Position(lineage.epoch(), all ? reach : batch.sequence(batch.size() - 1));
		if (all) {
			this.replay = null;
		}
		return Result.MORE;
	}

	/** Why events may be missing; null if none are. */
	public @Nullable ResetReason resetReason() {
		return this.reset;
	}

	/**
	 * Goes on at the end of the log, or, where reading has never begun because the log
	 * had not, at its beginning; where it has not come as far as the epoch that the place
	 * was of, at the end of that: everything up to there has been read.
	 * @return the position; null if none is known
	 */
	public @Nullable Position acceptReset() {
		Position end = this.early && this.place == null ? this.log.beginning() : this.log.position();
		if (end != null) {
			this.place = notBeforeTheEpochsPart(end);
			this.claimed = false;
			this.lineage = null;
			this.caughtUp = true;
			this.replay = null;
			this.inquiry = null;
			this.reset = null;
		}
		return end != null ? this.place : null;
	}

	private Position notBeforeTheEpochsPart(Position end) {
		Lineage current = this.log.lineage();
		Position from = this.place;
		if (from == null || current == null || !current.epoch().equals(end.epoch())) {
			return end;
		}
		Position part = current.endOf(from.epoch());
		return part != null && from.sequence() >= part.sequence()
				? new Position(end.epoch(), Math.max(end.sequence(), part.sequence())) : end;
	}

	/**
	 * Ends the subscription. What is being read meanwhile does not count: a topic that
	 * nobody subscribes to any more may go on in a log of its own that is not read here.
	 */
	public void close() {
		this.closed = true;
		this.topics.unsubscribe();
	}

	// Judges the place in a lineage that is new.
	private @Nullable Lineage settle() {
		Lineage current = this.log.lineage();
		if (current != null && current != this.lineage) {
			this.lineage = current;
			this.replay = null;
			this.inquiry = null;
			if (this.reset == null) {
				judge(current);
			}
		}
		if (current != null && this.reset == null && this.claimed) {
			// An epoch that is not the log's may be one that it has not heard of yet.
			Inquiry asked = inquire();
			if (asked.isAnswered() && asked.denies(current.epoch(), Long.MAX_VALUE)) {
				this.reset = ResetReason.UNKNOWN_EPOCH;
			}
		}
		return current;
	}

	private void judge(Lineage current) {
		Position from = this.place;
		if (from == null && this.fromOldest) {
			from = new Position(current.epoch(), this.log.dropped());
		}
		ResetReason objection = from != null ? current.objectionTo(from) : ResetReason.UNKNOWN_EPOCH;
		if (from != null && objection == null) {
			this.place = new Position(current.epoch(), from.sequence());
			this.claimed = false;
		}
		else if (!this.claimed || objection != ResetReason.UNKNOWN_EPOCH) {
			this.reset = objection;
		}
	}

}
