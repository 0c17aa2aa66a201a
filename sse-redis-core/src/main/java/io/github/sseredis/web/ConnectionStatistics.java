package io.github.sseredis.web;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.github.sseredis.ResetReason;
import io.github.sseredis.log.PartitionLog;

/**
 * What the connections of an instance have done since it started: counts, for metrics.
 * Thread-safe; the counts are independent of each other. A drain adds to some of them
 * once, whatever number of events it wrote.
 */
public final class ConnectionStatistics {

	private static final LagListener NOBODY = (nanos) -> {
	};

	private final LongAdder opened = new LongAdder();

	private final LongAdder frames = new LongAdder();

	private final LongAdder writes = new LongAdder();

	private final LongAdder bytes = new LongAdder();

	private final LongAdder abortedWrites = new LongAdder();

	private final LongAdder resumedFromMemory = new LongAdder();

	private final LongAdder resumedFromHistory = new LongAdder();

	private final Counts<EndReason> ended = new Counts<>(EndReason.class);

	private final Counts<ResetReason> resets = new Counts<>(ResetReason.class);

	private final Counts<ResetReason> resumedByReset = new Counts<>(ResetReason.class);

	private volatile LagListener lagListener = NOBODY;

	ConnectionStatistics() {
	}

	void connectionOpened() {
		this.opened.increment();
	}

	void connectionEnded(EndReason reason) {
		this.ended.add(reason);
	}

	void writeAborted() {
		this.abortedWrites.increment();
	}

	void resumed(boolean fromHistory) {
		(fromHistory ? this.resumedFromHistory : this.resumedFromMemory).increment();
	}

	void reset(ResetReason reason, boolean resuming) {
		this.resets.add(reason);
		if (resuming) {
			this.resumedByReset.add(reason);
		}
	}

	void drained(DrainTally tally, long now) {
		this.writes.add(tally.writes());
		this.bytes.add(tally.bytes());
		if (tally.frames() > 0) {
			this.frames.add(tally.frames());
			if (tally.oldest() != PartitionLog.UNKNOWN_TIME) {
				this.lagListener.written(now - tally.oldest());
			}
		}
	}

	/** Sets who is told of the lag of events; there is one. */
	public void setLagListener(LagListener lagListener) {
		this.lagListener = lagListener;
	}

	/** The number of connections opened, not those that a limit refused. */
	public long opened() {
		return this.opened.sum();
	}

	/** For each reason, the number of connections that ended for it. */
	public Map<String, LongSupplier> endedByReason() {
		Map<String, LongSupplier> counts = this.ended
			.byName((reason) -> reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
		// What was refused was never opened.
		counts.remove("refused");
		return counts;
	}

	/** The number of events written, to each connection that received them. */
	public long frames() {
		return this.frames.sum();
	}

	/** The number of writes, each of one event or several, or a heartbeat. */
	public long writes() {
		return this.writes.sum();
	}

	/** The number of bytes written. */
	public long bytes() {
		return this.bytes.sum();
	}

	/** The number of writes that were aborted because the client did not read. */
	public long abortedWrites() {
		return this.abortedWrites.sum();
	}

	/** The number of clients that went on where they were, from the event log. */
	public long resumedFromMemory() {
		return this.resumedFromMemory.sum();
	}

	/** The number of clients that went on where they were, with events from Redis. */
	public long resumedFromHistory() {
		return this.resumedFromHistory.sum();
	}

	/** For each reason, the number of clients that came with an ID and were reset. */
	public Map<String, LongSupplier> resumedByReset() {
		return this.resumedByReset.byName(ResetReason::wireForm);
	}

	/** For each reason, the number of reset events written. */
	public Map<String, LongSupplier> resetsByReason() {
		return this.resets.byName(ResetReason::wireForm);
	}

	/** One count for each reason. */
	private static final class Counts<E extends Enum<E>> {

		/** Complete from the beginning. */
		private final Map<E, LongAdder> counts;

		Counts(Class<E> reasons) {
			this.counts = new EnumMap<>(reasons);
			for (E reason : reasons.getEnumConstants()) {
				this.counts.put(reason, new LongAdder());
			}
		}

		void add(E reason) {
			Objects.requireNonNull(this.counts.get(reason)).increment();
		}

		Map<String, LongSupplier> byName(Function<E, String> name) {
			Map<String, LongSupplier> named = new LinkedHashMap<>();
			this.counts.forEach((reason, count) -> named.put(name.apply(reason), count::sum));
			return named;
		}

	}

}
