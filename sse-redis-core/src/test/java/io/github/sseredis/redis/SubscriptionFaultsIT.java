package io.github.sseredis.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.sseredis.EventId;
import io.github.sseredis.log.Lineage;
import io.github.sseredis.log.Position;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.TcpProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What readers of an instance's log get, whatever happens between it and Redis. */
@ExtendWith(OutputCaptureExtension.class)
class SubscriptionFaultsIT {

	private static RedisServer redis;

	private final List<AutoCloseable> open = new ArrayList<>();

	private String prefix;

	@BeforeAll
	static void startRedis() {
		redis = RedisServer.start();
		redis.command("ACL", "SETUSER", "silent", "on", ">pw", "~*", "+@all", "resetchannels");
	}

	@AfterAll
	static void stopRedis() {
		redis.close();
	}

	@BeforeEach
	void newPrefix() {
		this.prefix = RedisExtension.newPrefix();
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

	private Node node() {
		return start(Node.on(redis, this.prefix));
	}

	private Node start(Node.Builder builder) {
		Node node = keep(builder.start());
		await().until(() -> node.hasPosition() && node.subscription.isSubscribed());
		return node;
	}

	// Its events are stored, and no message tells of them.
	private Node silent() {
		return keep(Node.on(redis, this.prefix).publishingOnly().redis((standalone) -> {
			standalone.setUsername("silent");
			standalone.setPassword("pw");
		}).start());
	}

	private static Lineage lineage(Node node) {
		return node.log.partitions().get(0).lineage();
	}

	@Test
	void readsAHoleBeforeAnythingLaterWhenMessagesWereLost() {
		Node node = node();
		Node silent = silent();
		Recorder recorder = node.record("a", "b");
		node.published("a", "1");
		IntStream.rangeClosed(2, 150).forEach((i) -> silent.publish("a", "" + i));
		silent.published("b", "151");
		node.published("b", "152");
		recorder.awaitLast("152");
		assertThat(recorder.seen())
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 152).mapToObj(String::valueOf).toList());
		// Two, if it has looked in between.
		assertThat(node.subscription.holes()).isBetween(1L, 2L);
		assertThat(node.subscription.unrepairedHoles()).isZero();
	}

	@Test
	void findsALostLastMessageWhenItIsQuiet(CapturedOutput output) {
		Node node = node();
		Node silent = silent();
		Recorder recorder = node.record("a");
		silent.published("a", "1");
		silent.published("a", "2");
		recorder.awaitLast("2");
		assertThat(recorder.seen()).containsExactly("1", "2");
		assertThat(node.subscription.holes()).isBetween(1L, 2L);
		assertThat(node.subscription.reopenings()).isZero();
		assertThat(output.toString()).containsOnlyOnce("Events are stored but instances are not told")
			.contains("&" + this.prefix + "*");
	}

	@Test
	void isNotSilentBetweenTheMessagesOfOthersWhenItsLastMessageWasLost() {
		Node node = node();
		Node neighbour = start(Node.on(redis, this.prefix).redis((standalone) -> {
			standalone.setDatabase(1);
		}));
		Recorder recorder = node.record("a");
		silent().published("a", "1");
		await().until(() -> {
			neighbour.published("a", "of another database");
			return recorder.seen().equals(List.of("1"));
		});
		assertThat(node.subscription.foreignMessages()).isPositive();
	}

	@Test
	void neighbourOnAnotherDatabaseIsNotHeard(CapturedOutput output) {
		Node node = node();
		Node neighbour = start(Node.on(redis, this.prefix).redis((standalone) -> {
			standalone.setDatabase(1);
		}));
		Recorder recorder = node.record("a");
		Recorder other = neighbour.record("a");
		for (int i = 0; i < 20; i++) {
			node.published("a", "0/" + i);
			neighbour.published("a", "1/" + i);
		}
		assertThat(recorder.awaitLast("0/19")).hasSize(20).allMatch((data) -> data.startsWith("0/"));
		assertThat(other.awaitLast("1/19")).hasSize(20).allMatch((data) -> data.startsWith("1/"));
		await().until(() -> node.subscription.foreignMessages() >= 20);
		assertThat(node.subscription.holes()).isZero();
		assertThat(output.toString().lines().filter((line) -> line.contains("foreign epoch"))).hasSize(2);
	}

	@Test
	void saysSoWhenTheKeysWereMadeByAnotherApplication(CapturedOutput output) {
		node();
		start(Node.on(redis, this.prefix).application("other"));
		assertThat(output.toString()).containsOnlyOnce("were made by the application 'test', this one is 'other'");
	}

	@Test
	void skipsAndCountsMessagesThatAreNotOurs() {
		Node node = node();
		Recorder recorder = node.record("a");
		node.published("a", "1");
		String epoch = lineage(node).epoch();
		for (String message : List.of("garbage", "1 " + epoch + "\ne x 1 1\nab", "1 " + epoch + "\ne 2 9999999 1\nab",
				"2 " + epoch + "\n", "1 short\n", "1 " + epoch + "\ne 999999999999999999 1 1\nab")) {
			redis.command("PUBLISH", this.prefix + "{0}", message);
		}
		redis.command("PUBLISH", this.prefix + "{0}", "1 " + epoch + "\ne 77 1 1\nab");
		node.published("a", "2");
		assertThat(recorder.awaitLast("2")).containsExactly("1", "2");
		assertThat(node.subscription.malformedMessages()).isEqualTo(6);
		assertThat(node.subscription.unrepairedHoles()).isZero();
	}

	@Test
	void beginsAnewAndGoesOnWhenRedisIsFlushed() {
		goesOnAfterAReset(() -> redis.command("FLUSHALL"));
	}

	@Test
	void beginsAnewAndGoesOnWhenThePositionIsDeleted() {
		goesOnAfterAReset(() -> redis.command("DEL", this.prefix + "{0}:seq"));
	}

	// The new numbers are below the old ones.
	private void goesOnAfterAReset(Runnable loss) {
		Node node = node();
		Node other = node();
		Recorder recorder = node.record("a");
		Recorder otherRecorder = other.record("a");
		IntStream.rangeClosed(1, 50).forEach((i) -> node.published("a", "" + i));
		recorder.awaitLast("50");
		otherRecorder.awaitLast("50");
		loss.run();
		node.published("a", "may be before the reset");
		await().until(() -> recorder.resets() == 1 && otherRecorder.resets() == 1);
		IntStream.rangeClosed(51, 70).forEach((i) -> other.published("a", "" + i));
		List<String> expected = IntStream.rangeClosed(51, 70).mapToObj(String::valueOf).toList();
		assertThat(recorder.awaitLast("70")).endsWith(expected.toArray(String[]::new));
		assertThat(otherRecorder.awaitLast("70")).endsWith(expected.toArray(String[]::new));
		assertThat(recorder.resets()).isEqualTo(1);
	}

	@Test
	void resetsNobodyWhenTheServerIsAnotherAndNothingIsLost() {
		Node node = node();
		Recorder recorder = node.record("a");
		node.published("a", "1");
		recorder.awaitLast("1");
		Lineage before = lineage(node);
		redis.command("HSET", this.prefix + "{0}:seq", "run", "another");
		node.published("a", "2");
		assertThat(recorder.awaitLast("2")).containsExactly("1", "2");
		assertThat(lineage(node).epoch()).isNotEqualTo(before.epoch());
		assertThat(recorder.resets()).isZero();
	}

	@Test
	void resetsNobodyWhoComesWithAnEpochThatTheInstanceHasNotHeardOf() {
		TcpProxy proxy = keep(TcpProxy.to(redis));
		Node ahead = node();
		Node behind = start(Node.through(proxy, this.prefix));
		Recorder live = behind.record("a");
		ahead.published("a", "1");
		live.awaitLast("1");
		proxy.refuse();
		proxy.cut();
		redis.command("HSET", this.prefix + "{0}:seq", "run", "another");
		ahead.published("a", "2");
		await().until(() -> ahead.position().sequence() == 2);
		assertThat(ahead.position().epoch()).isNotEqualTo(behind.position().epoch());
		Recorder moved = behind.recordAfter(ahead.position(), "a");
		assertThat(moved.seen()).isEmpty();
		proxy.release();
		ahead.published("a", "3");
		assertThat(moved.awaitLast("3")).containsExactly("3");
		assertThat(live.awaitLast("3")).containsExactly("1", "2", "3");
	}

	@Test
	void resetsWhoComesWithAnEpochThatIsKnownNowhere() {
		Node node = node();
		Recorder foreign = node.recordAfter(new Position("ABCDEFG", 1), "a");
		await().until(() -> foreign.seen().equals(List.of("reset: UNKNOWN_EPOCH")));
		node.published("a", "1");
		foreign.awaitLast("1");
	}

	@Test
	void resetsNobodyWhoSleptThroughTwoRestarts() {
		Node node = node();
		node.published("a", "1");
		await().until(() -> node.position().sequence() == 1);
		Position cursor = node.position();
		for (int i = 2; i <= 3; i++) {
			redis.command("HSET", this.prefix + "{0}:seq", "run", "another");
			node.published("a", "" + i);
		}
		await().until(() -> node.position().sequence() == 3);
		assertThat(node.recordAfter(cursor, "a").awaitLast("3")).containsExactly("2", "3");
	}

	@Test
	void missesNothingWhenTheSubscriptionIsKilled() {
		Node node = node();
		Node publisher = keep(Node.on(redis, this.prefix).publishingOnly().start());
		Recorder recorder = node.record("a");
		long killed = 0;
		for (int i = 1; i <= 2000; i++) {
			CompletableFuture<EventId> future = publisher.publish("a", "" + i);
			if (i % 400 == 0) {
				Node.published(future);
				killed += (Long) redis.command("CLIENT", "KILL", "TYPE", "pubsub");
			}
		}
		assertThat(killed).isPositive();
		assertThat(recorder.awaitLast("2000"))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 2000).mapToObj(String::valueOf).toList());
		await().until(node.subscription::isSubscribed);
	}

	@Test
	void opensTheSubscriptionAnewWhenItIsHalfOpenAndNothingIsPublished(CapturedOutput output) {
		TcpProxy proxy = keep(TcpProxy.to(redis));
		Node node = start(Node.through(proxy, this.prefix));
		Node publisher = keep(Node.on(redis, this.prefix).publishingOnly().start());
		Recorder recorder = node.record("a");
		proxy.blackHoleSubscriptions();
		await().until(() -> node.subscription.reopenings() > 0 && node.subscription.isSubscribed());
		assertThat(proxy.swallowed()).isPositive();
		// May be read with the position, with which each subscription begins.
		publisher.published("a", "1");
		recorder.awaitLast("1");
		long holes = node.subscription.holes();
		publisher.published("a", "2");
		assertThat(recorder.awaitLast("2")).containsExactly("1", "2");
		assertThat(node.subscription.holes()).isEqualTo(holes);
		assertThat(output.toString()).containsOnlyOnce("receives nothing and is opened anew");
	}

	@Test
	void deliversWhenTheSubscriptionIsHalfOpen() {
		TcpProxy proxy = keep(TcpProxy.to(redis));
		Node node = start(Node.through(proxy, this.prefix));
		Node publisher = keep(Node.on(redis, this.prefix).publishingOnly().start());
		Recorder recorder = node.record("a");
		proxy.blackHoleSubscriptions();
		publisher.published("a", "1");
		await().until(() -> recorder.seen().equals(List.of("1")));
		assertThat(proxy.swallowed()).isPositive();
		assertThat(node.subscription.holes()).isEqualTo(1);
	}

	@Test
	void startsWithoutRedisAndServesWhenItComes(CapturedOutput output) {
		TcpProxy proxy = keep(TcpProxy.to(redis));
		proxy.refuse();
		Node node = keep(Node.through(proxy, this.prefix).start());
		Recorder recorder = node.record("a");
		Recorder late = node.record("a");
		CompletableFuture<EventId> early = node.publish("a", "early");
		await().until(() -> node.subscription.isFailing() && !node.broadcaster.failure().isEmpty());
		assertThat(node.hasPosition()).isFalse();
		assertThat(node.subscription.isSubscribed()).isFalse();
		assertThat(early).isNotDone();
		proxy.release();
		Node.published(early);
		await().until(() -> node.hasPosition() && recorder.resets() == 1);
		node.published("a", "1");
		assertThat(recorder.awaitLast("1")).containsExactly("reset: UNKNOWN_EPOCH", "early", "1");
		assertThat(late.seen()).isEqualTo(recorder.seen());
		assertThat(node.subscription.isFailing()).isFalse();
		assertThat(node.subscription.failure()).isEmpty();
		String said = output.toString();
		assertThat(said).containsOnlyOnce("No events are received from Redis").contains("sse.broadcaster=local");
		assertThat(said).containsOnlyOnce("Events cannot be published").containsOnlyOnce("Events are published again");
	}

	@Test
	void missesNothingWhenItStopsAndStartsAgain() {
		Node node = node();
		Node publisher = keep(Node.on(redis, this.prefix).publishingOnly().start());
		Recorder recorder = node.record("a");
		publisher.published("a", "1");
		recorder.awaitLast("1");
		for (int i = 2; i <= 10; i++) {
			long before = System.nanoTime();
			node.subscription.stop();
			assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
			assertThat(node.subscription.isSubscribed()).isFalse();
			publisher.published("a", "" + i);
			node.subscription.start();
		}
		assertThat(recorder.awaitLast("10")).hasSize(10);
		assertThat(recorder.resets()).isZero();
		publisher.published("a", "11");
		recorder.awaitLast("11");
		node.subscription.stop();
	}

	@Test
	void refusesToMixWhenTheNumberOfPartitionsIsAnother(CapturedOutput output) {
		Node node = node();
		Node other = keep(
				Node.on(redis, this.prefix).partitions(4).publish(1024 * 1024, Duration.ofSeconds(1)).start());
		List<CompletableFuture<EventId>> futures = IntStream.range(0, 20)
			.mapToObj((i) -> other.publish("topic" + i, "never"))
			.toList();
		await().until(() -> futures.stream().allMatch(CompletableFuture::isCompletedExceptionally));
		assertThat(other.hasPosition()).isFalse();
		assertThat((List<?>) redis.command("KEYS", this.prefix + "{[123]}*")).isEmpty();
		assertThat((List<?>) redis.command("KEYS", this.prefix + "{0}:log:*")).isEmpty();
		node.published("a", "works");
		assertThat(output.toString()).containsOnlyOnce("Events cannot be published")
			.containsOnlyOnce("Events cannot be read from Redis")
			.contains("another format or number of partitions than 1 and 4")
			.contains("use another sse.channel-prefix, or stop all instances and delete them");
	}

}
