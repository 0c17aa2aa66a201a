package io.github.sseredis.web;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Spreads what would otherwise happen to all clients at once.
 *
 * @param random gives numbers from 0 to 1
 */
record Jitter(DoubleSupplier random) {

	/** Returns a duration shortened by up to a fifth. */
	Duration shorten(Duration duration) {
		return duration.minusNanos((long) (duration.toNanos() * 0.2 * this.random.getAsDouble()));
	}

	/** Returns a duration lengthened by up to a half. */
	Duration lengthen(Duration duration) {
		return duration.plusNanos((long) (duration.toNanos() * 0.5 * this.random.getAsDouble()));
	}

	/** Returns a duration between none and this one. */
	Duration upTo(Duration duration) {
		return Duration.ofNanos((long) (duration.toNanos() * this.random.getAsDouble()));
	}

}
