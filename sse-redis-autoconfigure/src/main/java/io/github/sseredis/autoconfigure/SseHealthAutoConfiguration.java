package io.github.sseredis.autoconfigure;

import io.github.sseredis.log.LocalBroadcaster;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.redis.RedisSubscription;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health indicator
 * {@code sse}. A part of the application's health; of its readiness only if the host says
 * so ({@code management.endpoint.health.group.readiness.include}), and never of its
 * liveness: to restart the application does not bring Redis back.
 */
@AutoConfiguration(after = SseWebAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "sse.enabled", matchIfMissing = true)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("sse")
public final class SseHealthAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RedisConnectionFactory.class)
	@ConditionalOnSingleCandidate(RedisBroadcaster.class)
	static class RedisConfiguration {

		// Boot makes the name of the indicator from that of the bean.
		@Bean
		@ConditionalOnMissingBean(name = "sseHealthIndicator")
		HealthIndicator sseHealthIndicator(ObjectProvider<RedisBroadcaster> broadcaster,
				ObjectProvider<RedisSubscription> subscription) {
			RedisBroadcaster redis = broadcaster.getIfAvailable();
			// In whose place a test may have put another, within this process.
			return (redis != null) ? new RedisHealthIndicator(redis, subscription.getIfAvailable())
					: new LocalHealthIndicator();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnSingleCandidate(LocalBroadcaster.class)
	static class LocalConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "sseHealthIndicator")
		LocalHealthIndicator sseHealthIndicator() {
			return new LocalHealthIndicator();
		}

	}

}
