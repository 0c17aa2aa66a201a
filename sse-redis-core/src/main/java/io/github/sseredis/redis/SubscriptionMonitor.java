package io.github.sseredis.redis;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an instance's subscription met: counts for metrics, and log lines, one a change.
 * Thread-safe: the numbers are independent of each other.
 */
final class SubscriptionMonitor {

	private static final Logger logger = LoggerFactory.getLogger(RedisSubscription.class);

	private final RedisOptions options;

	private final FailureLog failures;

	private final AtomicLong holes = new AtomicLong();

	private final AtomicLong unrepaired = new AtomicLong();

	private final AtomicLong foreign = new AtomicLong();

	private final AtomicLong malformed = new AtomicLong();

	private final AtomicLong reopened = new AtomicLong();

	private final Set<String> neighbours = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean malformedSeen = new AtomicBoolean();

	private final AtomicBoolean foreignEntrySeen = new AtomicBoolean();

	SubscriptionMonitor(RedisOptions options) {
		this.options = options;
		this.failures = new FailureLog(logger, "Events cannot be read from Redis, and streams wait",
				"Events are read from Redis again", options);
	}

	void failed(int partition, RedisFailure failure) {
		this.failures.failed(partition, failure);
	}

	void read(int partition, RedisPosition position) {
		this.failures.worked(partition);
		String other = position.application();
		if (!other.equals(this.options.application()) && this.neighbours.add(other)) {
			logger.warn(
					"The keys under {} were made by the application '{}', this one is '{}': set another "
							+ "sse.channel-prefix for one of them, unless they are meant to share their topics",
					this.options.prefix(), other, this.options.application());
		}
	}

	/** Why events cannot be read; empty if they can. */
	String lastFailure() {
		return this.failures.reason();
	}

	void hole(int partition, long from, long to) {
		this.holes.incrementAndGet();
		logger.debug("Partition {}: events {} to {} did not arrive and are read from Redis", partition, from, to);
	}

	void unrepaired(int partition, long from, long to) {
		this.unrepaired.incrementAndGet();
		logger.warn("Partition {}: events {} to {} were missed and are no longer in Redis; raise "
				+ "sse.history.per-partition", partition, from, to);
	}

	void foreign(int partition, String epoch, boolean first) {
		this.foreign.incrementAndGet();
		if (first) {
			logger.warn("Partition {}: messages of a foreign epoch {} are skipped; another application, perhaps on "
					+ "another database number, uses the prefix {}", partition, epoch, this.options.prefix());
		}
	}

	void malformed(int partition) {
		this.malformed.incrementAndGet();
		if (this.malformedSeen.compareAndSet(false, true)) {
			logger.warn("Partition {}: a message on the channel {}{{}} is not one of ours and is skipped", partition,
					this.options.prefix(), partition);
		}
	}

	void foreignEntries(int partition, int count) {
		this.malformed.addAndGet(count);
		if (count > 0 && this.foreignEntrySeen.compareAndSet(false, true)) {
			logger.warn("Partition {}: entries of the stream {}{{}}:recent are not ours and are skipped", partition,
					this.options.prefix(), partition);
		}
	}

	void reopened() {
		this.reopened.incrementAndGet();
		logger.warn("The subscription to Redis receives nothing and is opened anew");
	}

	long holes() {
		return this.holes.get();
	}

	long unrepaired() {
		return this.unrepaired.get();
	}

	long foreignMessages() {
		return this.foreign.get();
	}

	long malformedMessages() {
		return this.malformed.get();
	}

	long reopenings() {
		return this.reopened.get();
	}

}
