package io.github.sseredis.benchmarks.client;

import java.util.OptionalDouble;

import org.HdrHistogram.Histogram;

/**
 * What the connections received.
 *
 * @param events since the measurement began
 * @param bytes since the measurement began
 * @param skipped numbers passed over, since the connections opened
 * @param repeated events after one with a higher number, since the connections opened
 * @param resets announcements that events may be missing, since the client started
 * @param malformed what no server may send, since the client started
 * @param open connections that are open
 * @param latency from due to read, in microseconds, since the measurement began
 * @param catchUp from a reconnect to an event that was due after it, in microseconds
 */
public record Measurement(long events, long bytes, long skipped, long repeated, long resets, long malformed, int open,
		Histogram latency, Histogram catchUp) {

	/** The latency in milliseconds that a share of the events did not exceed. */
	public double latencyMillis(double percentile) {
		return this.latency.getValueAtPercentile(percentile) / 1000.0;
	}

	/**
	 * The latency in milliseconds that a share of what was expected did not exceed, where
	 * an event that did not arrive exceeds every other; empty if it is that of one.
	 */
	public OptionalDouble latencyMillis(double percentile, long expected) {
		double ofThoseReceived = percentile * expected / this.events;
		return (this.events > 0 && ofThoseReceived <= 100) ? OptionalDouble.of(latencyMillis(ofThoseReceived))
				: OptionalDouble.empty();
	}

}
