package io.github.sseredis.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.sseredis.EventEncoder;
import io.github.sseredis.EventId;
import io.github.sseredis.SseEvent;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.Position;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.TcpProxy;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * What an instance has of Redis, without a web server: broadcaster, subscription, log.
 */
final class Node implements AutoCloseable {

	static final long MEMORY = 32 * 1024 * 1024;

	private final List<Runnable> closing = new ArrayList<>();

	final RedisConnectionFactory connections;

	final RedisOptions options;

	final EventLog log;

	final RedisBroadcaster broadcaster;

	final RedisSubscription subscription;

	private Node(Builder builder) {
		this.connections = builder.connections != null ? builder.connections : lettuce(builder);
		this.options = builder.options();
		this.log = new EventLog(builder.partitions, MEMORY);
		this.broadcaster = new RedisBroadcaster(this.connections, this.options, new EventEncoder(String::valueOf, 0),
				builder.serving ? this.log : null);
		this.subscription = new RedisSubscription(this.connections, this.options, this.log, MEMORY);
		this.broadcaster.start();
		if (builder.serving) {
			this.subscription.start();
		}
	}

	static Builder on(RedisServer server, String prefix) {
		return new Builder(server.host(), server.port(), prefix);
	}

	static Builder through(TcpProxy proxy, String prefix) {
		return new Builder(proxy.host(), proxy.port(), prefix);
	}

	CompletableFuture<EventId> publish(String topic, String data) {
		return this.broadcaster.broadcast(topic, data);
	}

	CompletableFuture<EventId> publish(String topic, String data, String idempotencyKey) {
		return this.broadcaster.broadcast(topic, SseEvent.builder().data(data).idempotencyKey(idempotencyKey).build());
	}

	EventId published(String topic, String data) {
		return published(publish(topic, data));
	}

	static EventId published(CompletableFuture<EventId> future) {
		try {
			return future.get(15, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new AssertionError("Not published", ex);
		}
	}

	/** Records what readers of topics get from now on. */
	Recorder record(String... topics) {
		Recorder recorder = Recorder.of(this.log.partitionOf(topics[0]), List.of(topics));
		this.closing.add(recorder::close);
		return recorder;
	}

	/** Records what a client gets that comes with a position. */
	Recorder recordAfter(Position cursor, String... topics) {
		Recorder recorder = Recorder.resumed(this.log.partitionOf(topics[0]), List.of(topics), cursor);
		this.closing.add(recorder::close);
		return recorder;
	}

	/** The position in the only partition. */
	Position position() {
		return this.log.partitions().get(0).position();
	}

	boolean hasPosition() {
		return !this.log.lastEventId().equals(EventId.NONE);
	}

	@Override
	public void close() {
		this.closing.forEach(Runnable::run);
		this.subscription.stop();
		this.broadcaster.stop();
		if (this.connections instanceof LettuceConnectionFactory lettuce) {
			lettuce.destroy();
		}
	}

	private static LettuceConnectionFactory lettuce(Builder builder) {
		LettuceClientConfiguration client = LettuceClientConfiguration.builder()
			.commandTimeout(builder.commandTimeout)
			.shutdownTimeout(Duration.ZERO)
			.shutdownQuietPeriod(Duration.ZERO)
			.build();
		LettuceConnectionFactory factory = new LettuceConnectionFactory(builder.standalone, client);
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

	/** How a node is started. */
	static final class Builder {

		private final RedisStandaloneConfiguration standalone;

		private final String prefix;

		private @Nullable RedisConnectionFactory connections;

		private Duration commandTimeout = Duration.ofSeconds(60);

		private int partitions = 1;

		private boolean serving = true;

		private String application = "test";

		private RedisOptions.History history = new RedisOptions.History(1000, 10_000, Duration.ofHours(1));

		private RedisOptions.Publish publish = new RedisOptions.Publish(16 * 1024 * 1024, Duration.ofSeconds(30),
				Duration.ofMinutes(10));

		private Builder(String host, int port, String prefix) {
			this.standalone = new RedisStandaloneConfiguration(host, port);
			this.prefix = prefix;
		}

		Builder redis(Consumer<RedisStandaloneConfiguration> change) {
			change.accept(this.standalone);
			return this;
		}

		Builder connections(RedisConnectionFactory connections) {
			this.connections = connections;
			return this;
		}

		Builder commandTimeout(Duration timeout) {
			this.commandTimeout = timeout;
			return this;
		}

		Builder partitions(int partitions) {
			this.partitions = partitions;
			return this;
		}

		/** Without a subscription and a log of its own. */
		Builder publishingOnly() {
			this.serving = false;
			return this;
		}

		Builder application(String application) {
			this.application = application;
			return this;
		}

		Builder history(int perTopic, int perPartition, Duration ttl) {
			this.history = new RedisOptions.History(perTopic, perPartition, ttl);
			return this;
		}

		Builder publish(long buffer, Duration timeout) {
			this.publish = new RedisOptions.Publish(buffer, timeout, Duration.ofMinutes(10));
			return this;
		}

		RedisOptions options() {
			return new RedisOptions(this.prefix, this.partitions, this.application, this.history, this.publish);
		}

		LettuceConnectionFactory lettuce() {
			return Node.lettuce(this);
		}

		Node start() {
			return new Node(this);
		}

	}

}
