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
import io.github.sseredis.test.WithRedis;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

/** Connections of our own, beside those of a host that is left alone. */
@WithRedis
class OwnLettuceConnectionFactoryIT {

	private final List<AutoCloseable> open = new ArrayList<>();

	private final String prefix = RedisExtension.newPrefix();

	private final ClientResources resources = DefaultClientResources.create();

	private TcpProxy proxy;

	private LettuceConnectionFactory host;

	private LettuceConnectionFactory own;

	@BeforeEach
	void start(RedisServer redis) {
		this.proxy = keep(TcpProxy.to(redis));
		RedisStandaloneConfiguration standalone = new RedisStandaloneConfiguration(this.proxy.host(),
				this.proxy.port());
		standalone.setDatabase(3);
		this.host = new LettuceConnectionFactory(standalone,
				LettuceClientConfiguration.builder()
					.clientResources(this.resources)
					.clientOptions(ClientOptions.builder().requestQueueSize(777).build())
					.clientName("hosts")
					.commandTimeout(Duration.ofSeconds(50))
					.build());
		this.host.afterPropertiesSet();
		this.host.start();
		keep(() -> this.host.destroy());
		this.own = (LettuceConnectionFactory) OwnLettuceConnectionFactory.like(this.host);
		keep(() -> this.own.destroy());
	}

	@AfterEach
	void closeAll() throws Exception {
		for (AutoCloseable each : this.open) {
			each.close();
		}
		this.resources.shutdown();
	}

	private <T extends AutoCloseable> T keep(T closeable) {
		this.open.add(0, closeable);
		return closeable;
	}

	private Node start() {
		Node node = keep(Node.through(this.proxy, this.prefix).connections(this.own).start());
		await().atMost(Duration.ofSeconds(30)).until(() -> node.hasPosition() && node.subscription.isSubscribed());
		return node;
	}

	@Test
	void isAsTheHostConfiguredIt() {
		LettuceClientConfiguration client = this.own.getClientConfiguration();
		assertThat(this.own.getDatabase()).isEqualTo(3);
		assertThat(client.getClientName()).contains("hosts");
		assertThat(client.getCommandTimeout()).isEqualTo(Duration.ofSeconds(50));
		assertThat(client.getClientOptions().map(ClientOptions::getRequestQueueSize)).contains(777);
		ClientResources shared = client.getClientResources().orElseThrow();
		assertThat(shared.eventLoopGroupProvider()).isSameAs(this.resources.eventLoopGroupProvider());
		assertThat(shared.eventExecutorGroup()).isSameAs(this.resources.eventExecutorGroup());
	}

	@Test
	void comesBackWithinASecondHoweverLongRedisWasAway() {
		ClientResources shared = this.own.getClientConfiguration().getClientResources().orElseThrow();
		for (int attempt = 1; attempt < 50; attempt++) {
			assertThat(shared.reconnectDelay().createDelay(attempt)).isLessThanOrEqualTo(Duration.ofSeconds(1));
		}
		assertThat(this.resources.reconnectDelay().createDelay(49)).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void publishesAndReceivesAgainWhenEveryConnectionIsHalfOpen() {
		Node node = start();
		Recorder recorder = node.record("a");
		node.published("a", "1");
		recorder.awaitLast("1");
		this.proxy.blackHole();
		List<CompletableFuture<EventId>> futures = IntStream.rangeClosed(2, 200)
			.mapToObj((i) -> node.publish("a", "" + i))
			.toList();
		await().atMost(Duration.ofSeconds(60)).until(() -> futures.stream().allMatch(CompletableFuture::isDone));
		futures.forEach(Node::published);
		await().atMost(Duration.ofSeconds(60)).until(() -> recorder.seen().size() == 200);
		assertThat(recorder.seen())
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 200).mapToObj(String::valueOf).toList());
		assertThat(this.proxy.swallowed()).isPositive();
	}

	@Test
	void leavesTheHostsConnectionAlone() {
		try (RedisConnection connection = this.host.getConnection()) {
			Object before = connection.getNativeConnection();
			start().published("a", "1");
			((Reconnecting) this.own).reconnect();
			await().until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().equals("sse-reconnect")));
			assertThat(connection.ping()).isEqualTo("PONG");
			assertThat(connection.getNativeConnection()).isSameAs(before);
		}
	}

	@Test
	void takesTheHostsWhenThatIsNoneOfLettuce() {
		RedisConnectionFactory other = mock();
		assertThat(OwnLettuceConnectionFactory.like(other)).isSameAs(other);
		RedisConnectionFactory mocked = mock(LettuceConnectionFactory.class);
		assertThat(OwnLettuceConnectionFactory.like(mocked)).isSameAs(mocked);
	}

}
