package io.github.sseredis.redis;

import java.time.Duration;

import io.github.sseredis.log.TopicPartitions;

/**
 * How events are kept in Redis and published to it.
 *
 * @param prefix the first part of every key and channel
 * @param partitions the number of ordering domains, 1 to 8
 * @param application the name that the keys are marked with
 * @param history what is kept
 * @param publish how it is published
 */
public record RedisOptions(String prefix, int partitions, String application, History history, Publish publish) {

	private static final Duration LONGEST = Duration.ofDays(3650);

	public RedisOptions {
		new TopicPartitions(partitions);
		if (prefix.indexOf('{') >= 0 || prefix.indexOf('}') >= 0) {
			throw new IllegalArgumentException("The prefix must have no '{' or '}', which Redis Cluster gives a "
					+ "meaning, got '" + prefix + "'");
		}
	}

	/**
	 * What is kept in Redis.
	 *
	 * @param perTopic events of one topic
	 * @param perPartition events of all topics of a partition
	 * @param ttl how long after the last event
	 */
	public record History(int perTopic, int perPartition, Duration ttl) {

		public History {
			requirePositive("sse.history.per-topic", perTopic);
			requirePositive("sse.history.per-partition", perPartition);
			requirePositive("sse.history.ttl", ttl);
		}

	}

	/**
	 * How events are published.
	 *
	 * @param buffer bytes that may wait to be published
	 * @param timeout how long an event may wait
	 * @param idempotencyTtl how long an idempotency key is remembered
	 */
	public record Publish(long buffer, Duration timeout, Duration idempotencyTtl) {

		public Publish {
			requirePositive("sse.publish.timeout", timeout);
			requirePositive("sse.publish.idempotency-ttl", idempotencyTtl);
		}

	}

	private static void requirePositive(String name, int value) {
		if (value < 1) {
			throw new IllegalArgumentException(name + " must be at least 1, got " + value);
		}
	}

	// Redis takes whole milliseconds, and none that overflow its clock.
	private static void requirePositive(String name, Duration value) {
		if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(name + " must be 1ms to " + LONGEST.toDays() + "d, got " + value);
		}
	}

}
