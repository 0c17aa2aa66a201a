package io.github.sseredis.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.sseredis.BroadcastException;
import io.github.sseredis.BroadcastException.Outcome;
import io.github.sseredis.EventId;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.TcpProxy;
import io.github.sseredis.test.TcpProxy.Direction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/** Events reach Redis in order and once, or their future says the truth. */
@ExtendWith(OutputCaptureExtension.class)
class PublishFaultsIT {

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

	private Node.Builder publisher() {
		return Node.through(this.proxy, this.prefix).publishingOnly();
	}

	private List<String> stored() {
		List<String> stored = new ArrayList<>();
		for (Object entry : (List<?>) redis.command("XRANGE", this.prefix + "{0}:recent", "-", "+")) {
			String fields = String.valueOf(((List<?>) ((List<?>) entry).get(1)).get(3));
			stored.add(fields.substring("data: ".length()).trim());
		}
		return stored;
	}

	private static List<String> numbers(int from, int to) {
		return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
	}

	private static Outcome outcome(CompletableFuture<EventId> future) {
		if (!future.isDone()) {
			await().until(future::isDone);
		}
		Throwable failure = catchThrowable(future::get);
		assertThat(failure).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(BroadcastException.class);
		return ((BroadcastException) failure.getCause()).outcome();
	}

	private static String message(CompletableFuture<EventId> future) {
		return String.valueOf(catchThrowable(future::get).getMessage());
	}

	@Test
	void storesOnceWhenTheConnectionIsCutBetweenSendAndAnswer() {
		Node node = keep(publisher().start());
		node.published("a", "0");
		for (int i = 1; i <= 20; i++) {
			this.proxy.cutAfter(Direction.TO_CLIENT, i % 7);
			node.published("a", "" + i);
			await().until(() -> this.proxy.open() == 1);
		}
		assertThat(this.proxy.cuts()).isEqualTo(20);
		assertThat(stored()).isEqualTo(numbers(0, 20));
	}

	@Test
	void storesInOrderAndOnceWhenCallsKeepFailing() {
		Node node = keep(publisher().start());
		List<CompletableFuture<EventId>> futures = new ArrayList<>();
		for (int i = 1; i <= 5000; i++) {
			futures.add(node.publish("a", "" + i));
			if (i % 500 == 90) {
				Node.published(futures.get(i - 1));
			}
			switch (i % 500) {
				case 91 -> redis.command("SCRIPT", "FLUSH");
				case 92 -> this.proxy.cut();
				case 300 -> redis.command("CONFIG", "SET", "maxmemory", "1");
				case 350 -> redis.command("CONFIG", "SET", "maxmemory", "0");
				case 400 -> redis.command("REPLICAOF", "127.0.0.1", "1");
				case 450 -> redis.command("REPLICAOF", "NO", "ONE");
				default -> {
				}
			}
		}
		futures.forEach(Node::published);
		assertThat(this.proxy.cuts()).isEqualTo(10);
		assertThat(stored()).isEqualTo(numbers(1, 5000));
	}

	@Test
	void publishesTheSameKeyOnceWhenTheApplicationWasRestarted() {
		Node before = keep(publisher().start());
		EventId id = Node.published(before.publish("a", "1", "order-1"));
		before.close();
		Node after = keep(publisher().start());
		assertThat(Node.published(after.publish("a", "again", "order-1"))).isEqualTo(id);
		assertThat(stored()).containsExactly("1");
	}

	@Test
	void failsInTimeAndTellsTheOutcomeWhenACallHangs() {
		Node node = keep(publisher().publish(1024 * 1024, Duration.ofSeconds(2)).start());
		node.published("a", "1");
		this.proxy.blackHole();
		long before = System.nanoTime();
		CompletableFuture<EventId> inFlight = node.publish("a", "2");
		await().until(() -> this.proxy.swallowed() > 0);
		CompletableFuture<EventId> waiting = node.publish("a", "3");
		assertThat(outcome(inFlight)).isEqualTo(Outcome.UNKNOWN);
		assertThat(outcome(waiting)).isEqualTo(Outcome.NOT_SENT);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofMillis(1900),
				// When the call itself is given up.
				Duration.ofSeconds(5));
		assertThat(message(waiting)).contains("sse.publish.timeout");
		// The command is given up, though it still hangs in the driver for a minute.
		this.proxy.cut();
		node.published("a", "4");
		assertThat(stored()).isIn(List.of("1", "4"), List.of("1", "2", "4"));
		await().until(() -> node.broadcaster.bufferedBytes() == 0);
	}

	@Test
	void saysWhatHangsBeforeTheFirstEventFails(CapturedOutput output) {
		Node node = keep(publisher().publish(1024 * 1024, Duration.ofMillis(4500)).start());
		node.published("a", "1");
		this.proxy.blackHole();
		CompletableFuture<EventId> future = node.publish("a", "2");
		await().until(() -> node.broadcaster.failure().contains("no answer for"));
		assertThat(future).isNotDone();
		assertThat(outcome(future)).isEqualTo(Outcome.UNKNOWN);
		assertThat(message(future)).contains("no answer for");
		this.proxy.cut();
		node.published("a", "3");
		assertThat(output.toString()).containsOnlyOnce("Events cannot be published")
			.containsOnlyOnce("Events are published again");
	}

	@Test
	void storesNothingOutOfOrderWhenRedisWakesUpAfterTheEventsWereGivenUp() {
		Node node = keep(
				publisher().commandTimeout(Duration.ofMillis(300)).publish(1024 * 1024, Duration.ofSeconds(3)).start());
		node.published("a", "1");
		redis.pause();
		CompletableFuture<EventId> lost = node.publish("a", "2");
		try {
			await().until(lost::isDone);
		}
		finally {
			redis.resume();
		}
		assertThat(outcome(lost)).isEqualTo(Outcome.UNKNOWN);
		node.published("a", "3");
		assertThat(stored()).isIn(List.of("1", "3"), List.of("1", "2", "3"));
	}

	@Test
	void saysNotSentWhenThereIsNoConnection() {
		this.proxy.refuse();
		Node node = keep(publisher().publish(1024 * 1024, Duration.ofSeconds(3)).start());
		CompletableFuture<EventId> future = node.publish("a", "never");
		assertThat(outcome(future)).isEqualTo(Outcome.NOT_SENT);
		assertThat(message(future)).contains("Redis cannot be reached");
		this.proxy.release();
		node.published("a", "1");
		assertThat(stored()).containsExactly("1");
	}

	@Test
	void sendsNothingThatWasGivenUpWhileItWaitedForAConnection() {
		CompletableFuture<Void> connected = new CompletableFuture<>();
		LettuceConnectionFactory connections = publisher().lettuce();
		this.open.add(connections::destroy);
		RedisConnectionFactory slow = mock();
		given(slow.getConnection()).willAnswer((call) -> {
			connected.join();
			return connections.getConnection();
		});
		Node node = keep(publisher().connections(slow).publish(1024 * 1024, Duration.ofSeconds(3)).start());
		CompletableFuture<EventId> future = node.publish("a", "never");
		assertThat(outcome(future)).isEqualTo(Outcome.NOT_SENT);
		connected.complete(null);
		node.published("a", "1");
		assertThat(stored()).containsExactly("1");
	}

	@Test
	void refusesMoreWhenTheBufferIsFull() {
		this.proxy.refuse();
		Node node = keep(publisher().publish(10_000, Duration.ofSeconds(20)).start());
		List<CompletableFuture<EventId>> futures = IntStream.range(0, 20)
			.mapToObj((i) -> node.publish("a", i + "-" + "x".repeat(1000)))
			.toList();
		List<CompletableFuture<EventId>> refused = futures.stream().filter(CompletableFuture::isDone).toList();
		assertThat(refused).hasSizeBetween(10, 15).isEqualTo(futures.subList(20 - refused.size(), 20));
		assertThat(outcome(refused.get(0))).isEqualTo(Outcome.NOT_SENT);
		assertThat(message(refused.get(0))).contains("sse.publish.buffer (10000 bytes)");
		assertThat(node.broadcaster.bufferedBytes()).isBetween(5000L, 10_000L);
		this.proxy.release();
		futures.subList(0, 20 - refused.size()).forEach(Node::published);
		assertThat(stored()).hasSize(20 - refused.size());
		await().until(() -> node.broadcaster.bufferedBytes() == 0);
	}

	@Test
	void saysOnceWhatToDoWhenRedisRefuses(CapturedOutput output) {
		Node node = keep(publisher().start());
		redis.command("CONFIG", "SET", "maxmemory", "1");
		CompletableFuture<EventId> first = node.publish("a", "1");
		await().until(() -> node.broadcaster.failure().contains("out of memory"));
		redis.command("REPLICAOF", "127.0.0.1", "1");
		redis.command("CONFIG", "SET", "maxmemory", "0");
		await().until(() -> node.broadcaster.failure().contains("is a replica"));
		redis.command("REPLICAOF", "NO", "ONE");
		Node.published(first);
		await().untilAsserted(() -> assertThat(output.toString())
			.containsOnlyOnce("Redis is out of memory: raise maxmemory, or lower sse.history.*")
			.containsOnlyOnce("Redis is a replica: connect to the master")
			.containsOnlyOnce("Events are published again"));
		assertThat(stored()).containsExactly("1");
	}

	@Test
	void saysWhatToGrantWhenKeysAreDenied(CapturedOutput output) {
		redis.command("ACL", "SETUSER", "keyless", "on", ">pw", "~other:*", "&*", "+@all");
		Node node = keep(publisher().redis((standalone) -> {
			standalone.setUsername("keyless");
			standalone.setPassword("pw");
		}).publish(1024 * 1024, Duration.ofSeconds(3)).start());
		assertThat(outcome(node.publish("a", "1"))).isEqualTo(Outcome.NOT_SENT);
		assertThat(output.toString().lines().filter((line) -> line.contains("Events cannot be published")))
			.singleElement()
			.asString()
			.contains("grant the user ~" + this.prefix + "* &" + this.prefix + "*");
		assertThat((List<?>) redis.command("KEYS", this.prefix + "*")).isEmpty();
		redis.command("ACL", "SETUSER", "keyless", "~" + this.prefix + "*");
		node.published("a", "2");
		assertThat(stored()).containsExactly("2");
	}

	@Test
	void goesOnWhenCallersBlockTheThreadsThatCompleteFutures() throws Exception {
		Node node = keep(publisher().start());
		CompletableFuture<Void> release = new CompletableFuture<>();
		List<CompletableFuture<Void>> blocked = IntStream.range(0, 20)
			.mapToObj((i) -> node.publish("a", "" + i).thenAccept((id) -> release.join()))
			.toList();
		CompletableFuture<EventId> later = node.publish("a", "20");
		CompletableFuture<EventId> nested = node.publish("a", "21").thenApply((id) -> Node.published(later));
		later.get(20, TimeUnit.SECONDS);
		nested.get(20, TimeUnit.SECONDS);
		assertThat(blocked).noneMatch(CompletableFuture::isDone);
		release.complete(null);
		CompletableFuture.allOf(blocked.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
	}

	@Test
	void stopsWithinSecondsWhenRedisHangsAndLeavesNoFutureIncomplete() {
		Node node = keep(publisher().start());
		node.published("a", "1");
		this.proxy.blackHole();
		List<CompletableFuture<EventId>> futures = IntStream.range(0, 200)
			.mapToObj((i) -> node.publish("a", "lost" + i))
			.toList();
		await().until(() -> this.proxy.swallowed() > 0);
		long before = System.nanoTime();
		node.broadcaster.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(9));
		await().until(() -> futures.stream().allMatch(CompletableFuture::isDone));
		assertThat(futures).map(PublishFaultsIT::outcome).contains(Outcome.NOT_SENT, Outcome.UNKNOWN);
		assertThat(outcome(node.publish("a", "stopped"))).isEqualTo(Outcome.NOT_SENT);
		await().until(() -> threads("sse-sender-").isEmpty() && threads("sse-publish-timer-").isEmpty());
		this.proxy.cut();
		node.broadcaster.start();
		node.published("a", "2");
		assertThat(stored()).startsWith("1").endsWith("2");
		await().until(() -> node.broadcaster.bufferedBytes() == 0);
	}

	@Test
	void sendsWhatWaitsWhenItStops() {
		Node node = keep(publisher().start());
		List<CompletableFuture<EventId>> futures = numbers(1, 2000).stream().map((i) -> node.publish("a", i)).toList();
		node.broadcaster.stop();
		futures.forEach(Node::published);
		assertThat(stored()).isEqualTo(numbers(1, 2000));
	}

	@Test
	void waitsForTheFirstConnectionWhenItStops() {
		this.proxy.delay(Duration.ofMillis(400));
		Node node = keep(publisher().start());
		CompletableFuture<EventId> future = node.publish("a", "1");
		node.broadcaster.stop();
		Node.published(future);
		assertThat(stored()).containsExactly("1");
	}

	@Test
	void waitsForNothingWhenRedisIsKnownToBeGoneAndItStops() {
		Node node = keep(publisher().start());
		this.proxy.refuse();
		node.publish("a", "1");
		await().until(() -> !node.broadcaster.failure().isEmpty());
		long before = System.nanoTime();
		node.broadcaster.stop();
		// For what can be sent it waits 10 s.
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
	}

	private static List<String> threads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith(prefix))
			.toList();
	}

}
