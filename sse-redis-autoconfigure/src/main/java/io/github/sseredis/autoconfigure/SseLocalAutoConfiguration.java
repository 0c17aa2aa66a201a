package io.github.sseredis.autoconfigure;

import java.util.Locale;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.autoconfigure.SseProperties.BroadcasterType;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.LocalBroadcaster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for an application without Redis:
 * one process is enough for it, or it was told to use what it has not.
 */
@AutoConfiguration(after = SseRedisAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "sse.enabled", matchIfMissing = true)
public final class SseLocalAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SseLocalAutoConfiguration.class);

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBroadcaster({ BroadcasterType.AUTO, BroadcasterType.LOCAL })
	static class LocalConfiguration {

		// Where no client is served, nothing need be kept.
		@Bean("sse.broadcaster")
		@ConditionalOnMissingBean(Broadcaster.class)
		LocalBroadcaster localBroadcaster(ObjectProvider<EventLog> eventLog, EventEncoder eventEncoder,
				SseProperties properties) {
			logger.info("Server-Sent Events within this process, without Redis (sse.broadcaster={})",
					properties.broadcaster().name().toLowerCase(Locale.ROOT));
			return new LocalBroadcaster(eventLog.getIfAvailable(() -> new EventLog(1, 0)), eventEncoder,
					properties.publish().idempotencyTtl());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBroadcaster(BroadcasterType.REDIS)
	static class MissingRedisConfiguration {

		@Bean("sse.broadcaster")
		@ConditionalOnMissingBean
		Broadcaster missingRedis(ResourceLoader resourceLoader) {
			boolean present = ClassUtils.isPresent("org.springframework.data.redis.connection.RedisConnectionFactory",
					resourceLoader.getClassLoader());
			throw new RedisChoiceException(
					"sse.broadcaster=redis, but " + (present ? "there is no bean of type RedisConnectionFactory."
							: "spring-data-redis is not on the class path."),
					(present ? "Define a RedisConnectionFactory bean (Boot does with spring.data.redis.*)"
							: "Add spring-boot-starter-data-redis")
							+ ", or set sse.broadcaster=local to run a single instance without Redis.");
		}

	}

}
