package io.github.sseredis.redis;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log when publishing begins to fail and when it works again, one line a
 * change. Thread-safe: senders race for the lines, and one of them wins.
 */
final class PublishMonitor {

	private static final Logger logger = LoggerFactory.getLogger(RedisBroadcaster.class);

	private final RedisOptions options;

	// Guarded by this.

	private String failure = "";

	private String publishError = "";

	PublishMonitor(RedisOptions options) {
		this.options = options;
	}

	synchronized void failed(RedisFailure reason) {
		if (this.failure.isEmpty()) {
			logger.warn("Events cannot be published and wait for up to {} (sse.publish.timeout). {}",
					this.options.publish().timeout(), reason.advice(this.options));
		}
		this.failure = reason.advice(this.options);
	}

	synchronized void published(String error) {
		if (!this.failure.isEmpty()) {
			logger.info("Events are published again");
			this.failure = "";
		}
		if (error.isEmpty() != this.publishError.isEmpty()) {
			if (error.isEmpty()) {
				logger.info("Events reach the channel again");
			}
			else {
				logger.warn("Events are stored but instances are not told: grant the Redis user the channels &{}* ({})",
						this.options.prefix(), error);
			}
		}
		this.publishError = error;
	}

	/** Why publishing fails; empty if it does not. */
	synchronized String lastFailure() {
		return this.failure;
	}

}
