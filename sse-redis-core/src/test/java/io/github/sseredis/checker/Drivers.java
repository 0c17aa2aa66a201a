package io.github.sseredis.checker;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import io.github.sseredis.test.RedisCluster;
import io.github.sseredis.test.RedisSentinels;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * What stands in for the driver of an instance where its Redis is more than one server:
 * one with all its defaults, also that of waiting a minute for an answer.
 */
final class Drivers implements UnaryOperator<RedisConnectionFactory>, AutoCloseable {

	private final RedisConfiguration configuration;

	/** By the driver that it stands in for. */
	private final Map<RedisConnectionFactory, LettuceConnectionFactory> drivers = new ConcurrentHashMap<>();

	private Drivers(RedisConfiguration configuration) {
		this.configuration = configuration;
	}

	static Drivers of(RedisCluster cluster) {
		RedisClusterConfiguration configuration = new RedisClusterConfiguration();
		cluster.nodes().forEach((node) -> configuration.addClusterNode(new RedisNode(node.host(), node.port())));
		return new Drivers(configuration);
	}

	static Drivers of(RedisSentinels group) {
		return new Drivers(new RedisSentinelConfiguration(RedisSentinels.MASTER, Set.copyOf(group.addresses())));
	}

	@Override
	public RedisConnectionFactory apply(RedisConnectionFactory replaced) {
		return this.drivers.computeIfAbsent(replaced, (driver) -> {
			LettuceConnectionFactory standIn = new LettuceConnectionFactory(this.configuration,
					LettuceClientConfiguration.defaultConfiguration());
			standIn.afterPropertiesSet();
			standIn.start();
			return standIn;
		});
	}

	@Override
	public void close() {
		this.drivers.values().forEach(LettuceConnectionFactory::destroy);
	}

}
