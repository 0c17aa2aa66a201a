package io.github.sseredis.autoconfigure;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.sseredis.AbstractBroadcaster;
import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.SseTickets;
import io.github.sseredis.SseTopicResolver;
import io.github.sseredis.TicketStore;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.redis.RedisOptions;
import io.github.sseredis.redis.RedisSubscription;
import io.github.sseredis.redis.RedisTicketStore;
import io.github.sseredis.web.ConnectionLimits;
import io.github.sseredis.web.ConnectionOptions;
import io.github.sseredis.web.DefaultEmitterRegistry;
import io.github.sseredis.web.DefaultSseTickets;
import io.github.sseredis.web.LocalTicketStore;
import io.github.sseredis.web.OwnerResolver;
import io.lettuce.core.RedisClient;
import org.apache.coyote.http11.Http11NioProtocol;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for serving streams with Spring MVC:
 * the event log, what feeds it, and the connections that read it.
 */
@AutoConfiguration(after = { SseRedisAutoConfiguration.class, SseLocalAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "sse.enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(SseEmitter.class)
public final class SseWebAutoConfiguration {

	@Bean("sse.event-log")
	@ConditionalOnMissingBean
	EventLog eventLog(SseProperties properties, ObjectProvider<RedisOptions> redis) {
		RedisOptions options = redis.getIfAvailable();
		return new EventLog((options != null) ? options.partitions() : 1, properties.log().memory().toBytes());
	}

	@Bean("sse.emitter-registry")
	@ConditionalOnMissingBean(EmitterRegistry.class)
	DefaultEmitterRegistry emitterRegistry(EventLog eventLog, EventEncoder eventEncoder, SseProperties properties,
			ObjectProvider<Broadcaster> broadcaster, ObjectProvider<OwnerResolver> ownerResolver,
			ListableBeanFactory beanFactory) {
		Broadcaster feeder = broadcaster.getIfUnique();
		if (beanFactory.getBeanNamesForType(RedisSubscription.class, true, false).length == 0) {
			UnfedEventLog.begin(eventLog);
		}
		ConnectionOptions options = new ConnectionOptions(properties.timeout(), properties.reconnectTime(),
				properties.heartbeatInterval(), properties.writeTimeout(), properties.shutdown().drain(),
				properties.connectEvent(), properties.resetEvent());
		return new DefaultEmitterRegistry(eventLog, eventEncoder, options, limits(properties.limits()),
				disconnector(feeder), ownerResolver.getIfAvailable(OwnerResolver::ofContainer));
	}

	@Bean("sse.tickets")
	@ConditionalOnMissingBean(SseTickets.class)
	DefaultSseTickets tickets(ObjectProvider<TicketStore> store, SseProperties properties,
			EmitterRegistry emitterRegistry, ObjectProvider<OwnerResolver> ownerResolver) {
		return new DefaultSseTickets(store.getIfAvailable(LocalTicketStore::new), properties.ticket().ttl(),
				emitterRegistry, ownerResolver.getIfAvailable(OwnerResolver::ofContainer));
	}

	@Bean("sse.web-mvc-configurer")
	SseWebMvcConfigurer webMvcConfigurer(ListableBeanFactory beanFactory) {
		return new SseWebMvcConfigurer(beanFactory);
	}

	private static ConnectionLimits limits(SseProperties.Limits limits) {
		return new ConnectionLimits(limits.connections(), limits.perPrincipal(), limits.perAddress(),
				limits.topicsPerConnection(), limits.perPrincipalPolicy());
	}

	// A broadcaster of another kind carries no orders: only this instance takes them.
	private static Function<String, CompletableFuture<Void>> disconnector(@Nullable Broadcaster broadcaster) {
		return (broadcaster instanceof AbstractBroadcaster known) ? known::disconnect
				: (principal) -> CompletableFuture.completedFuture(null);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RedisConnectionFactory.class)
	@ConditionalOnBean({ RedisBroadcaster.class, SseRedisConnection.class })
	static class SubscriptionConfiguration {

		@Bean("sse.redis-subscription")
		@ConditionalOnMissingBean
		RedisSubscription redisSubscription(SseRedisConnection connection, RedisOptions options, EventLog eventLog,
				SseProperties properties) {
			return new RedisSubscription(connection.used(), options, eventLog, properties.log().memory().toBytes());
		}

		@Bean("sse.ticket-store")
		@ConditionalOnMissingBean(TicketStore.class)
		RedisTicketStore ticketStore(SseRedisConnection connection, RedisOptions options) {
			return new RedisTicketStore(connection.used(), options);
		}

		@Bean("sse.position-wait")
		PositionWait positionWait(EventLog eventLog, RedisSubscription redisSubscription) {
			return new PositionWait(eventLog, redisSubscription);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ RedisConnectionFactory.class, RedisClient.class })
	@ConditionalOnBean({ RedisBroadcaster.class, SseRedisConnection.class })
	static class EarlyConnectionConfiguration {

		@Bean("sse.early-connection")
		static EarlyConnection earlyConnection() {
			return new EarlyConnection();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty("sse.endpoint.path")
	static class EndpointConfiguration {

		@Bean("sse.topic-resolver")
		@ConditionalOnMissingBean
		SseTopicResolver topicResolver() {
			return new PrincipalTopicResolver();
		}

		@Bean("sse.endpoint")
		SseEndpoint endpoint(EmitterRegistry emitterRegistry, SseTopicResolver topicResolver, SseTickets tickets,
				SseProperties properties) {
			return new SseEndpoint(emitterRegistry, new GrantedTopics(topicResolver),
					(properties.ticket().path() != null) ? tickets : null);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "sse.client.enabled")
	static class ClientConfiguration {

		@Bean("sse.client-script-endpoint")
		ClientScriptEndpoint clientScriptEndpoint() throws IOException {
			return new ClientScriptEndpoint();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty("sse.ticket.path")
	static class TicketConfiguration {

		@Bean("sse.ticket-endpoint")
		TicketEndpoint ticketEndpoint(SseTickets tickets, ObjectProvider<SseTopicResolver> topicResolver) {
			return new TicketEndpoint(tickets,
					new GrantedTopics(topicResolver.getIfAvailable(PrincipalTopicResolver::new)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ TomcatServletWebServerFactory.class, Http11NioProtocol.class })
	@ConditionalOnBooleanProperty("sse.tomcat.small-buffers")
	static class TomcatConfiguration {

		@Bean("sse.tomcat-small-buffers")
		TomcatSmallBuffers tomcatSmallBuffers() {
			return new TomcatSmallBuffers();
		}

	}

}
