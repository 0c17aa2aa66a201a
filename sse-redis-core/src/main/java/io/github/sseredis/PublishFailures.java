package io.github.sseredis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the failures that nobody was waiting for, and logs when they begin and end.
 * Thread-safe: the counters are independent, and two threads that race to log cost a line
 * at most.
 */
final class PublishFailures {

	private static final Logger logger = LoggerFactory.getLogger(Broadcaster.class);

	// Events that fail one by one among others that succeed are not a line each.
	private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

	private final LongSupplier ticker;

	private final AtomicLong unobserved = new AtomicLong();

	private volatile boolean failing;

	private volatile long loggedAt;

	PublishFailures(LongSupplier ticker) {
		this.ticker = ticker;
		this.loggedAt = ticker.getAsLong() - QUIET_NANOS;
	}

	void unobserved(BroadcastException reason) {
		long count = this.unobserved.incrementAndGet();
		long now = this.ticker.getAsLong();
		if (now - this.loggedAt >= QUIET_NANOS) {
			this.loggedAt = now;
			this.failing = true;
			logger.warn("Publishing fails, and nobody is waiting for the result ({} such failures so far): {}", count,
					reason.getMessage());
		}
	}

	void succeeded() {
		if (this.failing) {
			this.failing = false;
			logger.info("Publishing works again");
		}
	}

	long count() {
		return this.unobserved.get();
	}

}
