package io.github.sseredis.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import io.github.sseredis.SseEvent;
import io.github.sseredis.test.RedisExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Each property of publishing, by what Redis then holds. */
class RedisPropertiesIT {

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final String prefix = RedisExtension.newPrefix();

	private final ApplicationContextRunner runner = Hosts.plain()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
		.withPropertyValues("spring.data.redis.host=" + redis.host(), "spring.data.redis.port=" + redis.port(),
				"sse.channel-prefix=" + this.prefix);

	private final ApplicationContextRunner unreachable = this.runner
		.withPropertyValues("spring.data.redis.host=localhost", "spring.data.redis.port=1");

	@Test
	void keysBeginWithTheChannelPrefix() {
		this.runner.run((context) -> {
			publish(context.getBean(Broadcaster.class), 1);
			assertThat(keys()).contains(this.prefix + "{0}:seq", this.prefix + "{0}:recent", this.prefix + "{0}:log:a");
		});
	}

	@Test
	void keysBeginWithTheNameOfTheApplicationWhenNoPrefixIsSet() {
		String application = this.prefix.replace(":", "");
		Hosts.plain()
			.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
			.withPropertyValues("spring.data.redis.host=" + redis.host(), "spring.data.redis.port=" + redis.port(),
					"spring.application.name=" + application)
			.run((context) -> {
				publish(context.getBean(Broadcaster.class), 1);
				assertThat(redis.command("HGET", "sse:" + application + ":{0}:seq", "app")).isEqualTo(application);
			});
	}

	@Test
	void topicKeepsItsNewestEvents() {
		this.runner.withPropertyValues("sse.history.per-topic=5").run((context) -> {
			publish(context.getBean(Broadcaster.class), 20);
			assertThat(redis.command("XLEN", this.prefix + "{0}:log:a")).hasToString("5");
			assertThat(redis.command("XLEN", this.prefix + "{0}:recent")).hasToString("20");
		});
	}

	@Test
	void partitionKeepsItsNewestEvents() {
		this.runner.withPropertyValues("sse.history.per-partition=7").run((context) -> {
			publish(context.getBean(Broadcaster.class), 20);
			assertThat(redis.command("XLEN", this.prefix + "{0}:recent")).hasToString("7");
			assertThat(redis.command("XLEN", this.prefix + "{0}:log:a")).hasToString("20");
		});
	}

	@Test
	void historyExpires() {
		this.runner.withPropertyValues("sse.history.ttl=2m").run((context) -> {
			publish(context.getBean(Broadcaster.class), 1);
			assertThat(ttl("{0}:recent")).isBetween(Duration.ofSeconds(60), Duration.ofMinutes(2));
			assertThat(ttl("{0}:log:a")).isBetween(Duration.ofSeconds(60), Duration.ofMinutes(2));
		});
	}

	@Test
	void idempotencyKeyExpires() {
		this.runner.withPropertyValues("sse.publish.idempotency-ttl=3m").run((context) -> {
			Broadcaster broadcaster = context.getBean(Broadcaster.class);
			SseEvent event = SseEvent.builder().data("once").idempotencyKey("order-7").build();
			EventId first = get(broadcaster.broadcast("a", event));
			assertThat(get(broadcaster.broadcast("a", event))).isEqualTo(first);
			assertThat(ttl("{0}:idem:1:a:aorder-7")).isBetween(Duration.ofSeconds(120), Duration.ofMinutes(3));
		});
	}

	@Test
	void topicsAreSpreadOverThePartitions() {
		this.runner.withPropertyValues("sse.redis.partitions=3").run((context) -> {
			Broadcaster broadcaster = context.getBean(Broadcaster.class);
			for (int i = 0; i < 50; i++) {
				get(broadcaster.broadcast("topic:" + i, "event"));
			}
			assertThat(keys()).contains(this.prefix + "{0}:seq", this.prefix + "{1}:seq", this.prefix + "{2}:seq")
				.doesNotContain(this.prefix + "{3}:seq");
			assertThat(redis.command("HGET", this.prefix + "{1}:seq", "partitions")).isEqualTo("3");
		});
	}

	@Test
	void eventsWaitNoLongerThanTheTimeoutOfPublishing() {
		this.unreachable.withPropertyValues("sse.publish.timeout=300ms")
			.run((context) -> assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> get(context.getBean(Broadcaster.class).broadcast("a", "event")))
				.withMessageContaining("sse.publish.timeout"));
	}

	@Test
	void eventsThatTheBufferCannotHoldFailAtOnce() {
		this.unreachable.withPropertyValues("sse.publish.buffer=10KB", "sse.publish.timeout=1m").run((context) -> {
			Broadcaster broadcaster = context.getBean(Broadcaster.class);
			CompletableFuture<EventId> waiting = broadcaster.broadcast("a", "x".repeat(6000));
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> get(broadcaster.broadcast("a", "x".repeat(6000))))
				.withMessageContaining("sse.publish.buffer");
			assertThat(waiting).isNotDone();
		});
	}

	@Test
	void connectionsAreOurOwnAndEndWithTheApplication() {
		this.runner.withPropertyValues("spring.data.redis.client-name=" + this.prefix).run((context) -> {
			publish(context.getBean(Broadcaster.class), 1);
			SseRedisConnection connection = context.getBean(SseRedisConnection.class);
			assertThat(connection.factory()).isSameAs(context.getBean(RedisConnectionFactory.class));
			assertThat(connection.used()).isNotSameAs(connection.factory());
			assertThat(clients()).isOne();
			context.getBean(RedisConnectionFactory.class).getConnection().ping();
			assertThat(clients()).isEqualTo(2);
		});
		await().until(() -> clients() == 0);
	}

	@Test
	void connectionIsOpenedBesideTheCreationOfTheOtherBeans() {
		Hosts.servlet()
			.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
			.withPropertyValues("spring.data.redis.host=" + redis.host(), "spring.data.redis.port=" + redis.port(),
					"sse.channel-prefix=" + this.prefix, "spring.data.redis.client-name=" + this.prefix)
			// What takes long to create does not keep the connection waiting.
			.withBean("slow", Integer.class, () -> {
				await().until(() -> clients() == 1);
				return 1;
			})
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private long clients() {
		return String.valueOf(redis.command("CLIENT", "LIST"))
			.lines()
			.filter((client) -> client.contains("name=" + this.prefix))
			.count();
	}

	private static void publish(Broadcaster broadcaster, int count) throws Exception {
		for (int i = 0; i < count; i++) {
			get(broadcaster.broadcast("a", "event " + i));
		}
	}

	private static EventId get(CompletableFuture<EventId> future) throws Exception {
		return future.get(10, TimeUnit.SECONDS);
	}

	private List<String> keys() {
		return ((List<?>) redis.command("KEYS", this.prefix + "*")).stream().map(String::valueOf).toList();
	}

	private Duration ttl(String key) {
		return Duration.ofMillis((Long) redis.command("PTTL", this.prefix + key));
	}

}
