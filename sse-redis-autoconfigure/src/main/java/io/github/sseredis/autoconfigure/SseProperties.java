package io.github.sseredis.autoconfigure;

import java.time.Duration;

import io.github.sseredis.log.TopicPartitions;
import io.github.sseredis.web.PrincipalPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties of the library. Binding refuses values that cannot work, naming key,
 * value and reason.
 *
 * @param enabled Whether to configure Server-Sent Events at all.
 * @param timeout Life of a connection, of which up to a fifth is taken at random. Zero
 * for no end.
 * @param reconnectTime Time after which a client reconnects, lengthened at random.
 * @param heartbeatInterval Time without a write after which a connection is sent its
 * position.
 * @param writeTimeout Time that a piece of at most 16 KiB may take to be written before
 * the connection is given up.
 * @param connectEvent Type of an event to send when a connection opens, for clients that
 * take an ID only from an event.
 * @param resetEvent Type of the event that tells a client that it may have missed events.
 * @param broadcaster What events are published through. With "auto" this is Redis if
 * there is a RedisConnectionFactory.
 * @param channelPrefix First part of every key and channel in Redis. If not set, made of
 * the name of the application.
 * @param log Events kept in memory.
 * @param history Events kept in Redis.
 * @param publish Publishing to Redis.
 * @param limits What an instance admits.
 * @param redis Layout in Redis.
 * @param endpoint Ready-made endpoint.
 * @param ticket One-time tickets that open streams.
 * @param client Client for browsers.
 * @param shutdown What happens when the application stops.
 * @param tomcat Tomcat's connections.
 */
@ConfigurationProperties("sse")
public record SseProperties(@DefaultValue("true") boolean enabled, @DefaultValue("30m") Duration timeout,
		@DefaultValue("3s") Duration reconnectTime, @DefaultValue("15s") Duration heartbeatInterval,
		@DefaultValue("10s") Duration writeTimeout, @Nullable String connectEvent,
		@DefaultValue("reset") String resetEvent, @DefaultValue("auto") BroadcasterType broadcaster,
		@Nullable String channelPrefix, @DefaultValue Log log, @DefaultValue History history,
		@DefaultValue Publish publish, @DefaultValue Limits limits, @DefaultValue Redis redis,
		@DefaultValue Endpoint endpoint, @DefaultValue Ticket ticket, @DefaultValue Client client,
		@DefaultValue Shutdown shutdown, @DefaultValue Tomcat tomcat) {

	public SseProperties {
		PropertyCheck.notNegative("sse.timeout", timeout);
		PropertyCheck.notNegative("sse.reconnect-time", reconnectTime);
		PropertyCheck.positive("sse.heartbeat-interval", heartbeatInterval);
		PropertyCheck.positive("sse.write-timeout", writeTimeout);
		PropertyCheck.eventType("sse.connect-event", connectEvent);
		PropertyCheck.eventType("sse.reset-event", resetEvent);
		PropertyCheck.that(!resetEvent.equals(connectEvent), "sse.connect-event", connectEvent,
				"must differ from sse.reset-event, or a client cannot tell one from the other");
		PropertyCheck.prefix("sse.channel-prefix", channelPrefix);
	}

	/** What events are published through. */
	public enum BroadcasterType {

		/** Redis if there is a connection factory, else this process alone. */
		AUTO,

		/** Redis. */
		REDIS,

		/** This process alone. */
		LOCAL

	}

	/**
	 * Events kept in memory.
	 *
	 * @param memory Memory for the recent events, from which connections are served.
	 */
	public record Log(@DefaultValue("32MB") DataSize memory) {

		public Log {
			PropertyCheck.positive("sse.log.memory", memory);
		}

	}

	/**
	 * Events kept in Redis.
	 *
	 * @param perTopic Events to keep of each topic.
	 * @param perPartition Events to keep of all topics of a partition together.
	 * @param ttl Time to keep events after the last one.
	 */
	public record History(@DefaultValue("1000") int perTopic, @DefaultValue("10000") int perPartition,
			@DefaultValue("1h") Duration ttl) {

		public History {
			PropertyCheck.positive("sse.history.per-topic", perTopic);
			PropertyCheck.positive("sse.history.per-partition", perPartition);
			PropertyCheck.positive("sse.history.ttl", ttl);
		}

	}

	/**
	 * Publishing to Redis.
	 *
	 * @param buffer Memory for events that wait while Redis does not take them.
	 * @param timeout Time that an event may wait for Redis.
	 * @param idempotencyTtl Time for which an idempotency key is remembered.
	 */
	public record Publish(@DefaultValue("16MB") DataSize buffer, @DefaultValue("30s") Duration timeout,
			@DefaultValue("10m") Duration idempotencyTtl) {

		public Publish {
			PropertyCheck.positive("sse.publish.buffer", buffer);
			PropertyCheck.positive("sse.publish.timeout", timeout);
			PropertyCheck.positive("sse.publish.idempotency-ttl", idempotencyTtl);
		}

	}

	/**
	 * What an instance admits.
	 *
	 * @param connections Connections of an instance. Zero for any number.
	 * @param perPrincipal Connections of a principal on an instance. Zero for any number.
	 * @param perPrincipalPolicy What becomes of a connection that a principal has one too
	 * many of.
	 * @param perAddress Connections from a client address on an instance. Zero for any
	 * number.
	 * @param topicsPerConnection Topics on a connection. Zero for any number.
	 * @param payload Size of the payload of an event. Zero for any size.
	 */
	public record Limits(@DefaultValue("8000") int connections, @DefaultValue("20") int perPrincipal,
			@DefaultValue("refuse-new") PrincipalPolicy perPrincipalPolicy, @DefaultValue("0") int perAddress,
			@DefaultValue("32") int topicsPerConnection, @DefaultValue("256KB") DataSize payload) {

		public Limits {
			PropertyCheck.notNegative("sse.limits.connections", connections);
			PropertyCheck.notNegative("sse.limits.per-principal", perPrincipal);
			PropertyCheck.notNegative("sse.limits.per-address", perAddress);
			PropertyCheck.notNegative("sse.limits.topics-per-connection", topicsPerConnection);
			PropertyCheck.that(!payload.isNegative(), "sse.limits.payload", payload, "must not be negative");
		}

	}

	/**
	 * Layout in Redis.
	 *
	 * @param partitions Ordering domains that topics are spread over, the same on all
	 * instances.
	 */
	public record Redis(@DefaultValue("1") int partitions) {

		public Redis {
			PropertyCheck.that(partitions >= 1 && partitions <= TopicPartitions.MAX, "sse.redis.partitions", partitions,
					"must be from 1 to " + TopicPartitions.MAX);
		}

	}

	/**
	 * Ready-made endpoint.
	 *
	 * @param path Path of an endpoint that opens a stream of the topics which the
	 * SseTopicResolver grants. If not set, there is none.
	 */
	public record Endpoint(@Nullable String path) {

		public Endpoint {
			PropertyCheck.that(path == null || path.startsWith("/"), "sse.endpoint.path", path, "must begin with '/'");
		}

	}

	/**
	 * One-time tickets that open streams.
	 *
	 * @param ttl Time for which a ticket can be used.
	 * @param path Path of an endpoint that issues tickets for the topics which the
	 * SseTopicResolver grants. If not set, there is none.
	 */
	public record Ticket(@DefaultValue("30s") Duration ttl, @Nullable String path) {

		public Ticket {
			PropertyCheck.positive("sse.ticket.ttl", ttl);
			PropertyCheck.that(path == null || path.startsWith("/"), "sse.ticket.path", path, "must begin with '/'");
		}

	}

	/**
	 * Client for browsers.
	 *
	 * @param enabled Whether to serve the JavaScript module /sse-client.js.
	 */
	public record Client(@DefaultValue("false") boolean enabled) {
	}

	/**
	 * What happens when the application stops.
	 *
	 * @param drain Time over which the ends of the streams are spread.
	 */
	public record Shutdown(@DefaultValue("0s") Duration drain) {

		public Shutdown {
			PropertyCheck.notNegative("sse.shutdown.drain", drain);
		}

	}

	/**
	 * Tomcat's connections.
	 *
	 * @param smallBuffers Whether every connection of Tomcat has smaller buffers, so that
	 * an open stream takes 60 KB instead of 100.
	 */
	public record Tomcat(@DefaultValue("false") boolean smallBuffers) {
	}

}
