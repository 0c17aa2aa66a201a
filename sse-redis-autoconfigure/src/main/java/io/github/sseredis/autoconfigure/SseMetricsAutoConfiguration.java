package io.github.sseredis.autoconfigure;

import io.github.sseredis.AbstractBroadcaster;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.redis.RedisSubscription;
import io.github.sseredis.redis.RedisTicketStore;
import io.github.sseredis.web.DefaultEmitterRegistry;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for metrics of whatever there is to
 * be measured. Tags have few values: reasons, outcomes, limits and partitions, never
 * topics or principals.
 */
@AutoConfiguration(after = SseWebAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnBooleanProperty(name = "sse.enabled", matchIfMissing = true)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class SseMetricsAutoConfiguration {

	@Bean("sse.publish-meters")
	@ConditionalOnSingleCandidate(AbstractBroadcaster.class)
	ReplaceableMeters<AbstractBroadcaster> publishMeters(ObjectProvider<AbstractBroadcaster> broadcaster,
			EventEncoder eventEncoder) {
		return new ReplaceableMeters<>(broadcaster, (present) -> new PublishMeters(present, eventEncoder));
	}

	@Bean("sse.event-log-meters")
	@ConditionalOnSingleCandidate(EventLog.class)
	EventLogMeters eventLogMeters(EventLog eventLog) {
		return new EventLogMeters(eventLog);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SseEmitter.class)
	@ConditionalOnSingleCandidate(DefaultEmitterRegistry.class)
	static class ConnectionConfiguration {

		@Bean("sse.connection-meters")
		ReplaceableMeters<DefaultEmitterRegistry> connectionMeters(
				ObjectProvider<DefaultEmitterRegistry> emitterRegistry) {
			return new ReplaceableMeters<>(emitterRegistry, ConnectionMeters::new);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RedisConnectionFactory.class)
	static class RedisConfiguration {

		@Bean("sse.redis-publish-meters")
		@ConditionalOnSingleCandidate(RedisBroadcaster.class)
		ReplaceableMeters<RedisBroadcaster> redisPublishMeters(ObjectProvider<RedisBroadcaster> broadcaster) {
			return new ReplaceableMeters<>(broadcaster, RedisPublishMeters::new);
		}

		@Bean("sse.ticket-meters")
		@ConditionalOnSingleCandidate(RedisTicketStore.class)
		ReplaceableMeters<RedisTicketStore> ticketMeters(ObjectProvider<RedisTicketStore> ticketStore) {
			return new ReplaceableMeters<>(ticketStore, TicketMeters::new);
		}

		@Bean("sse.subscription-meters")
		@ConditionalOnSingleCandidate(RedisSubscription.class)
		SubscriptionMeters subscriptionMeters(RedisSubscription redisSubscription) {
			return new SubscriptionMeters(redisSubscription);
		}

	}

}
