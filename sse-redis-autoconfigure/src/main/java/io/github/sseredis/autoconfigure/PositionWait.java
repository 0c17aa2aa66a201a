package io.github.sseredis.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.EventId;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.redis.RedisSubscription;

import org.springframework.context.SmartLifecycle;

/**
 * Holds the web server back while the log learns its position from Redis, which takes
 * moments: a stream opened earlier begins with a {@code reset}. Not for long, and not
 * when Redis cannot be reached: the application starts all the same.
 */
final class PositionWait implements SmartLifecycle {

	/** Just before the web server takes requests. */
	static final int PHASE = DEFAULT_PHASE - 2049;

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final long POLL_MILLIS = 5;

	private final EventLog eventLog;

	private final RedisSubscription subscription;

	private volatile boolean running;

	PositionWait(EventLog eventLog, RedisSubscription subscription) {
		this.eventLog = eventLog;
		this.subscription = subscription;
	}

	@Override
	public void start() {
		this.running = true;
		long start = System.nanoTime();
		try {
			while (isOnItsWay() && System.nanoTime() - start < PATIENCE.toNanos()) {
				TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean isOnItsWay() {
		return this.subscription.isRunning() && !this.subscription.isFailing()
				&& this.eventLog.lastEventId().equals(EventId.NONE);
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
