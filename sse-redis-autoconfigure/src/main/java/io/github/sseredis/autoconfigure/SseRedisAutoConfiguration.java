package io.github.sseredis.autoconfigure;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.SseRedis;
import io.github.sseredis.autoconfigure.SseProperties.BroadcasterType;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.redis.RedisOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for publishing through Redis, over a
 * connection factory of the host.
 */
@AutoConfiguration(after = SseAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnBooleanProperty(name = "sse.enabled", matchIfMissing = true)
@ConditionalOnClass(RedisConnectionFactory.class)
@ConditionalOnBroadcaster({ BroadcasterType.AUTO, BroadcasterType.REDIS })
@Conditional(OnRedisConnectionFactoryCondition.class)
public final class SseRedisAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SseRedisAutoConfiguration.class);

	// Lazy: a host with a broadcaster of its own need not have a factory to choose.
	@Bean("sse.redis-connection")
	@Lazy
	SseRedisConnection redisConnection(@SseRedis ObjectProvider<RedisConnectionFactory> markedFactories,
			ObjectProvider<RedisConnectionFactory> allFactories) {
		return SseRedisConnection.choose(markedFactories, allFactories);
	}

	@Bean("sse.redis-options")
	@ConditionalOnMissingBean
	RedisOptions redisOptions(SseProperties properties, Environment environment) {
		String application = environment.getProperty("spring.application.name", "");
		SseProperties.History history = properties.history();
		SseProperties.Publish publish = properties.publish();
		return new RedisOptions(prefix(properties, application), properties.redis().partitions(), application,
				new RedisOptions.History(history.perTopic(), history.perPartition(), history.ttl()),
				new RedisOptions.Publish(publish.buffer().toBytes(), publish.timeout(), publish.idempotencyTtl()));
	}

	@Bean("sse.broadcaster")
	@ConditionalOnMissingBean(Broadcaster.class)
	RedisBroadcaster redisBroadcaster(SseRedisConnection connection, RedisOptions options, EventEncoder eventEncoder,
			ObjectProvider<EventLog> eventLog) {
		logger.info("Server-Sent Events through Redis at {}, prefix {}, partitions {}",
				RedisAddress.of(connection.factory()), options.prefix(), options.partitions());
		return new RedisBroadcaster(connection.used(), options, eventEncoder, eventLog.getIfAvailable());
	}

	private static String prefix(SseProperties properties, String application) {
		if (properties.channelPrefix() != null) {
			return properties.channelPrefix();
		}
		if (application.isEmpty()) {
			return "sse:";
		}
		PropertyCheck.that(application.indexOf('{') < 0 && application.indexOf('}') < 0, "spring.application.name",
				application, "sse.channel-prefix is made of it and must have no '{' or '}'. Set sse.channel-prefix.");
		return "sse:" + application + ":";
	}

}
