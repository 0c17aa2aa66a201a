package io.github.sseredis.benchmarks.client;

import java.util.Collection;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/** What the loop counts during a measurement. Touched by the loop's thread only. */
final class Tally {

	/** What took longer counts as this. */
	private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

	/** From the moment an event was due to the moment its bytes were read. */
	private final Histogram latency = new Histogram(LONGEST_MICROS, 3);

	/** From a reconnect to an event that was due after it. */
	private final Histogram catchUp = new Histogram(LONGEST_MICROS, 3);

	private long events;

	private long bytes;

	private long resets;

	private long malformed;

	void begin() {
		this.latency.reset();
		this.catchUp.reset();
		this.events = 0;
		this.bytes = 0;
	}

	void event(long nanos) {
		this.events++;
		this.latency.recordValue(micros(nanos));
	}

	void caughtUp(long nanos) {
		this.catchUp.recordValue(micros(nanos));
	}

	void bytes(int count) {
		this.bytes += count;
	}

	void reset() {
		this.resets++;
	}

	void malformed() {
		this.malformed++;
	}

	long events() {
		return this.events;
	}

	long caughtUp() {
		return this.catchUp.getTotalCount();
	}

	Measurement toMeasurement(Collection<LoadConnection> connections) {
		long skipped = 0;
		long repeated = 0;
		int open = 0;
		for (LoadConnection connection : connections) {
			skipped += connection.order().skipped();
			repeated += connection.order().repeated();
			open += connection.isOpen() ? 1 : 0;
		}
		return new Measurement(this.events, this.bytes, skipped, repeated, this.resets, this.malformed, open,
				this.latency.copy(), this.catchUp.copy());
	}

	private static long micros(long nanos) {
		return Math.min(LONGEST_MICROS, Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)));
	}

}
