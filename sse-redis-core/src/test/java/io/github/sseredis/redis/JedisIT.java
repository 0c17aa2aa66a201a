package io.github.sseredis.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.sseredis.EventId;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.TcpProxy;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The driver that blocks while it is subscribed. */
class JedisIT {

	private static RedisServer redis;

	private final List<AutoCloseable> open = new ArrayList<>();

	private final String prefix = RedisExtension.newPrefix();

	private final TcpProxy proxy = keep(TcpProxy.to(redis));

	@BeforeAll
	static void startRedis() {
		redis = RedisServer.start();
	}

	@AfterAll
	static void stopRedis() {
		redis.close();
	}

	@AfterEach
	void closeAll() throws Exception {
		for (AutoCloseable each : this.open) {
			each.close();
		}
	}

	private <T extends AutoCloseable> T keep(T closeable) {
		this.open.add(0, closeable);
		return closeable;
	}

	private Node start() {
		GenericObjectPoolConfig<Object> pool = new GenericObjectPoolConfig<>();
		pool.setMaxTotal(8);
		JedisConnectionFactory factory = new JedisConnectionFactory(
				new RedisStandaloneConfiguration(this.proxy.host(), this.proxy.port()),
				JedisClientConfiguration.builder().usePooling().poolConfig(pool).build());
		factory.afterPropertiesSet();
		factory.start();
		this.open.add(factory::destroy);
		Node node = keep(Node.through(this.proxy, this.prefix).connections(factory).start());
		await().until(() -> node.hasPosition() && node.subscription.isSubscribed());
		return node;
	}

	private Node publisher() {
		return keep(Node.on(redis, this.prefix).publishingOnly().start());
	}

	@Test
	void publishesAndReceivesAndLoadsScriptsAgain() {
		Node node = start();
		Recorder recorder = node.record("a");
		redis.command("SCRIPT", "FLUSH");
		for (int i = 1; i <= 500; i++) {
			CompletableFuture<EventId> future = node.publish("a", "" + i);
			if (i % 100 == 0) {
				Node.published(future);
				redis.command("SCRIPT", "FLUSH");
			}
		}
		assertThat(recorder.awaitLast("500"))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 500).mapToObj(String::valueOf).toList());
	}

	@Test
	void missesNothingWhenTheConnectionsAreCut() {
		Node node = start();
		Node publisher = publisher();
		Recorder recorder = node.record("a");
		long before = this.proxy.accepted();
		for (int i = 1; i <= 300; i++) {
			CompletableFuture<EventId> future = (i % 2 == 0 ? publisher : node).publish("a", "" + i);
			Node.published(future);
			if (i % 100 == 0) {
				this.proxy.cut();
			}
		}
		assertThat(recorder.awaitLast("300"))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 300).mapToObj(String::valueOf).toList());
		await().until(node.subscription::isSubscribed);
		assertThat(this.proxy.accepted()).isGreaterThan(before);
	}

	@Test
	void opensTheSubscriptionAnewWhenItIsHalfOpen() {
		Node node = start();
		Node publisher = publisher();
		Recorder recorder = node.record("a");
		this.proxy.blackHoleSubscriptions();
		publisher.published("a", "1");
		await().until(() -> recorder.seen().equals(List.of("1")));
		await().until(() -> node.subscription.reopenings() > 0 && node.subscription.isSubscribed());
		// May be read with the position, with which each subscription begins.
		publisher.published("a", "2");
		recorder.awaitLast("2");
		long holes = node.subscription.holes();
		publisher.published("a", "3");
		assertThat(recorder.awaitLast("3")).containsExactly("1", "2", "3");
		assertThat(node.subscription.holes()).isEqualTo(holes);
		assertThat(this.proxy.swallowed()).isPositive();
	}

	@Test
	void stopsSoonWhereverTheDriverBlocks() {
		Node node = start();
		for (int i = 0; i < 10; i++) {
			long before = System.nanoTime();
			node.subscription.stop();
			assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
			await().until(() -> threads().isEmpty());
			assertThat(node.subscription.isSubscribed()).isFalse();
			node.subscription.start();
			if (i % 2 == 0) {
				await().until(node.subscription::isSubscribed);
			}
		}
		node.subscription.stop();
		await().until(() -> threads().isEmpty());
		await().until(() -> ((List<?>) redis.command("PUBSUB", "CHANNELS", this.prefix + "*")).isEmpty());
		// What came back to the pool is fit for use.
		numbers(20).forEach((i) -> node.published("a", i));
	}

	@Test
	void stopsSoonWhenRedisHangs() {
		Node node = start();
		this.proxy.blackHole();
		long before = System.nanoTime();
		node.subscription.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
	}

	private static List<String> numbers(int to) {
		return IntStream.rangeClosed(1, to).mapToObj(String::valueOf).toList();
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter(Thread::isAlive)
			.map(Thread::getName)
			.filter((name) -> name.startsWith("sse-channels-") || name.startsWith("sse-subscription-"))
			.toList();
	}

}
