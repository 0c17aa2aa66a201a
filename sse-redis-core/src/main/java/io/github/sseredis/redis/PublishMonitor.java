package io.github.sseredis.redis;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log when publishing begins to fail and when it works again, and when what
 * is stored is not announced. Thread-safe: senders race for the lines, and one of them
 * wins.
 */
final class PublishMonitor {

	private static final Logger logger = LoggerFactory.getLogger(RedisBroadcaster.class);

	private final RedisOptions options;

	private final FailureLog failures;

	/** Whether the message of the last call was refused; guarded by this. */
	private boolean unannounced;

	PublishMonitor(RedisOptions options) {
		this.options = options;
		this.failures = new FailureLog(logger, "Events cannot be published and wait for up to "
				+ options.publish().timeout() + " (sse.publish.timeout)", "Events are published again", options);
	}

	void failed(int partition, RedisFailure failure) {
		this.failures.failed(partition, failure);
	}

	void published(int partition, String error) {
		this.failures.worked(partition);
		boolean refused = !error.isEmpty();
		boolean news;
		synchronized (this) {
			news = refused != this.unannounced;
			this.unannounced = refused;
		}
		if (news && refused) {
			logger.warn("Events are stored but instances are not told, and find them seconds later: grant the Redis "
					+ "user the channels &{}* ({})", this.options.prefix(), error);
		}
		else if (news) {
			logger.info("Events reach the channel again");
		}
	}

	/** Whether Redis was asked and did not take events, rather than has yet to answer. */
	boolean isRefused() {
		return this.failures.anyMatch((failure) -> !failure.isNoAnswer());
	}

	/** Why publishing fails; empty if it does not. */
	String lastFailure() {
		return this.failures.reason();
	}

}
