package io.github.sseredis.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import org.slf4j.Logger;

/**
 * Says in the log when partitions begin to fail, fail for another reason, and work again:
 * one line a change, whatever number of partitions and calls it concerns. Thread-safe.
 */
final class FailureLog {

	private final Logger logger;

	private final String failing;

	private final String working;

	private final RedisOptions options;

	/** By partition, what it fails with; guarded by this. */
	private final Map<Integer, RedisFailure> failures = new LinkedHashMap<>();

	/**
	 * Creates a log.
	 * @param failing what an operator reads before the reason
	 * @param working what an operator reads when the last partition works again
	 */
	FailureLog(Logger logger, String failing, String working, RedisOptions options) {
		this.logger = logger;
		this.failing = failing;
		this.working = working;
		this.options = options;
	}

	void failed(int partition, RedisFailure failure) {
		boolean news;
		synchronized (this) {
			news = this.failures.values().stream().noneMatch((known) -> known.kind() == failure.kind());
			this.failures.put(partition, failure);
		}
		if (news) {
			this.logger.warn("{}. {}", this.failing, failure.advice(this.options));
		}
	}

	void worked(int partition) {
		boolean news;
		synchronized (this) {
			news = this.failures.remove(partition) != null && this.failures.isEmpty();
		}
		if (news) {
			this.logger.info("{}", this.working);
		}
	}

	synchronized boolean anyMatch(Predicate<RedisFailure> predicate) {
		return this.failures.values().stream().anyMatch(predicate);
	}

	/** Why a partition fails; empty if none does. */
	synchronized String reason() {
		return this.failures.isEmpty() ? "" : this.failures.values().iterator().next().advice(this.options);
	}

}
