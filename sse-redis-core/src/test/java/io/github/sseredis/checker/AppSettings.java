package io.github.sseredis.checker;

import java.time.Duration;
import java.util.function.UnaryOperator;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * How an instance of a run is set up: small enough that a few seconds of events go beyond
 * its memory.
 *
 * @param redisPort where it finds Redis, on this machine
 * @param prefix the channel prefix
 * @param partitions the ordering domains
 * @param memory the memory of its log, in bytes
 * @param perTopic the events that Redis keeps of a topic
 * @param perPartition the events that Redis keeps in all
 * @param publishTimeout how long events wait for Redis
 * @param connections what stands between the instance and its driver
 * @param swallowResets whether something before it keeps resets from clients
 */
record AppSettings(int redisPort, String prefix, int partitions, long memory, int perTopic, int perPartition,
		Duration publishTimeout, UnaryOperator<RedisConnectionFactory> connections, boolean swallowResets) {

	static AppSettings of(int redisPort, String prefix) {
		return new AppSettings(redisPort, prefix, 1, 200_000, 1000, 5000, Duration.ofSeconds(10),
				UnaryOperator.identity(), false);
	}

	AppSettings partitions(int partitions) {
		return new AppSettings(this.redisPort, this.prefix, partitions, this.memory, this.perTopic, this.perPartition,
				this.publishTimeout, this.connections, this.swallowResets);
	}

	AppSettings memory(long memory) {
		return new AppSettings(this.redisPort, this.prefix, this.partitions, memory, this.perTopic, this.perPartition,
				this.publishTimeout, this.connections, this.swallowResets);
	}

	AppSettings history(int perTopic, int perPartition) {
		return new AppSettings(this.redisPort, this.prefix, this.partitions, this.memory, perTopic, perPartition,
				this.publishTimeout, this.connections, this.swallowResets);
	}

	AppSettings publishTimeout(Duration timeout) {
		return new AppSettings(this.redisPort, this.prefix, this.partitions, this.memory, this.perTopic,
				this.perPartition, timeout, this.connections, this.swallowResets);
	}

	AppSettings connections(UnaryOperator<RedisConnectionFactory> connections) {
		return new AppSettings(this.redisPort, this.prefix, this.partitions, this.memory, this.perTopic,
				this.perPartition, this.publishTimeout, connections, this.swallowResets);
	}

	AppSettings swallowingResets() {
		return new AppSettings(this.redisPort, this.prefix, this.partitions, this.memory, this.perTopic,
				this.perPartition, this.publishTimeout, this.connections, true);
	}

}
