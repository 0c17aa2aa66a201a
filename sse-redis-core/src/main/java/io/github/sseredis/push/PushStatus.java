package io.github.sseredis.push;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.github.sseredis.SsePush;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one push works: logs when it begins to fail and when it works again, not each
 * failure. Thread-safe; two threads that race to log cost a line at most.
 */
final class PushStatus {

	private static final Logger logger = LoggerFactory.getLogger(SsePush.class);

	// A push that fails for one call in two is not a line for each of them.
	private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

	private static final int MAX_REASON = 500;

	private final String operation;

	private final LongSupplier ticker;

	private final AtomicLong unlogged = new AtomicLong();

	private volatile boolean failing;

	private volatile long loggedAt;

	/**
	 * Creates the status of a push that works.
	 * @param operation which push it is
	 * @param ticker the time in nanoseconds
	 */
	PushStatus(String operation, LongSupplier ticker) {
		this.operation = operation;
		this.ticker = ticker;
		this.loggedAt = ticker.getAsLong() - QUIET_NANOS;
	}

	void failed(Throwable reason) {
		logger.debug("Push of {} failed", this.operation, reason);
		long now = this.ticker.getAsLong();
		if (this.failing || now - this.loggedAt < QUIET_NANOS) {
			this.unlogged.incrementAndGet();
			return;
		}
		this.failing = true;
		this.loggedAt = now;
		logger.warn("Push of {} fails, which the method does not notice: {} (failures before, not logged: {})",
				this.operation, oneLine(reason), this.unlogged.getAndSet(0));
	}

	void succeeded() {
		if (this.failing) {
			this.failing = false;
			logger.info("Push of {} works again", this.operation);
		}
	}

	// Messages quote what came from outside.
	private static String oneLine(Throwable reason) {
		String message = reason.getMessage() != null ? reason.getMessage() : reason.toString();
		String start = message.length() > MAX_REASON ? message.substring(0, MAX_REASON) + "..." : message;
		return start.replaceAll("\\p{Cntrl}+", " ");
	}

}
