package io.github.sseredis.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.github.sseredis.log.Lineage;
import io.github.sseredis.log.Position;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.Resp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What becomes of events when others write to our keys, or damage them. */
@ExtendWith(OutputCaptureExtension.class)
class ForeignEntriesIT {

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
		Node node = keep(Node.on(redis, this.prefix).start());
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

	private String key(String name) {
		return this.prefix + "{0}:" + name;
	}

	private Recorder resume(Node node, String epoch, long after, String... topics) {
		Recorder recorder = node.recordAfter(new Position(epoch, after), topics);
		keep(recorder::close);
		return recorder;
	}

	private static String epoch(Node node) {
		Lineage lineage = node.log.partitions().get(0).lineage();
		assertThat(lineage).isNotNull();
		return lineage.epoch();
	}

	private static List<String> numbers(int from, int to) {
		return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
	}

	private static void publish(Node node, String topic, int from, int to) {
		numbers(from, to).forEach((number) -> node.published(topic, number));
	}

	@Test
	void holeIsRepairedPastEntriesOfOthers(CapturedOutput output) {
		Node node = node();
		Node silent = silent();
		Recorder recorder = node.record("a");
		publish(silent, "a", 1, 5);
		for (int i = 1; i <= 30; i++) {
			redis.command("XADD", key("recent"), "5-" + i, "t", "a", "f", "data: forged\n", "b", "x");
		}
		publish(silent, "a", 6, 8);
		redis.command("XADD", key("recent"), "8-7", "foo", "bar");
		node.published("a", "9");
		assertThat(recorder.awaitLast("9")).containsExactlyElementsOf(numbers(1, 9));
		assertThat(node.subscription.malformedMessages()).isEqualTo(31);
		assertThat(node.subscription.unrepairedHoles()).isZero();
		assertThat(output.toString()).containsOnlyOnce("are not ours and are skipped");
	}

	@Test
	void logOfANewInstanceBeginsWithAllThatIsOurs() {
		Node first = node();
		publish(first, "a", 1, 5);
		redis.command("XADD", key("recent"), "5-1", "foo", "bar");
		publish(first, "a", 6, 9);
		redis.command("XADD", key("recent"), "9-1", "foo", "bar");
		Node second = node();
		redis.command("DEL", key("log:a"), key("recent"));
		Recorder recorder = resume(second, epoch(first), 0, "a");
		assertThat(recorder.awaitLast("9")).containsExactlyElementsOf(numbers(1, 9));
		assertThat(second.subscription.malformedMessages()).isEqualTo(2);
	}

	@Test
	void replayPassesOverEntriesOfOthersInTheLogOfATopic() {
		Node first = node();
		publish(first, "a", 1, 5);
		redis.command("XADD", key("log:a"), "5-1", "foo", "bar");
		publish(first, "a", 6, 9);
		redis.command("DEL", key("recent"));
		Node second = node();
		Recorder recorder = resume(second, epoch(first), 2, "a");
		assertThat(recorder.awaitLast("9")).containsExactlyElementsOf(numbers(3, 9));
		second.published("a", "10");
		assertThat(recorder.awaitLast("10")).containsExactlyElementsOf(numbers(3, 10));
	}

	@Test
	void replayFromRecentPassesOverEntriesOfOthersAndEndsWhereOursAreReplaced() {
		Node first = node();
		publish(first, "a", 1, 5);
		redis.command("XADD", key("recent"), "5-1", "t", "a");
		publish(first, "a", 6, 9);
		redis.command("XDEL", key("recent"), "8-0");
		redis.command("DEL", key("log:a"));
		Node second = node();
		Recorder recorder = resume(second, epoch(first), 2, "a");
		await().until(() -> recorder.resets() == 1);
		second.published("a", "10");
		assertThat(recorder.awaitLast("10")).containsExactly("3", "4", "5", "6", "7", "reset: TRIMMED", "10");
	}

	@Test
	void resetIsSaidWhenOthersHavePutTheirsInThePlaceOfOurs() {
		Node first = node();
		publish(first, "a", 1, 9);
		redis.command("DEL", key("recent"), key("log:a"));
		redis.command("XADD", key("recent"), "3-0", "foo", "bar");
		publish(first, "b", 10, 12);
		Node second = node();
		Recorder recorder = resume(second, epoch(first), 5, "a", "b");
		await().until(() -> recorder.resets() == 1);
		second.published("a", "13");
		assertThat(recorder.awaitLast("13")).startsWith("reset: TRIMMED").endsWith("13");
	}

	@Test
	void eventsArriveWhenOthersHaveTakenOurNames() {
		Node node = node();
		Recorder recorder = node.record("a");
		publish(node, "a", 1, 3);
		redis.command("DEL", key("recent"));
		redis.command("SET", key("recent"), "garbage");
		publish(node, "a", 4, 6);
		redis.command("DEL", key("recent"));
		redis.command("XADD", key("recent"), "*", "foo", "bar");
		publish(node, "a", 7, 9);
		assertThat(recorder.awaitLast("9")).containsExactlyElementsOf(numbers(1, 9));
		Node second = node();
		Recorder late = resume(second, epoch(node), 1, "a");
		assertThat(late.awaitLast("9")).containsExactlyElementsOf(numbers(2, 9));
	}

	@ParameterizedTest
	@CsvSource({ "epoch, no epoch!", "epoch, ''", "epoch, toolongforone", "seq, nan", "seq, -5", "seq, 1e300",
			"seq, 999999999999999999999", "seq, ''" })
	void resetIsSaidAndEventsArriveWhenThePositionIsDamaged(String field, String value) {
		Node node = node();
		Recorder recorder = node.record("a");
		publish(node, "a", 1, 3);
		recorder.awaitLast("3");
		redis.command("HSET", key("seq"), field, value);
		node.published("a", "may be before the reset");
		await().until(() -> recorder.resets() == 1);
		publish(node, "a", 4, 6);
		assertThat(recorder.awaitLast("6")).contains("1", "2", "3", "4", "5", "6");
		assertThat(epoch(node)).matches("[0-9A-Za-z]{7}");
	}

	@Test
	void garbageOnTheChannelChangesNothing(CapturedOutput output) {
		long seed = System.nanoTime();
		System.out.println("seed = " + seed);
		Random random = new Random(seed);
		Node node = node();
		Recorder recorder = node.record("a");
		publish(node, "a", 1, 3);
		try (Resp resp = redis.resp()) {
			for (int i = 0; i < 2000; i++) {
				StringBuilder message = new StringBuilder(random.nextBoolean() ? "" : "1 " + epoch(node) + "\n");
				for (int length = random.nextInt(40); length > 0; length--) {
					message.append("ezp 0123-+\n\0a".charAt(random.nextInt(13)));
				}
				resp.command("PUBLISH", this.prefix + "{0}", message.toString());
			}
		}
		publish(node, "a", 4, 6);
		assertThat(recorder.awaitLast("6")).containsExactlyElementsOf(numbers(1, 6));
		assertThat(node.subscription.malformedMessages()).isPositive();
		assertThat(node.subscription.unrepairedHoles()).isZero();
		assertThat(output.toString()).containsOnlyOnce("is not one of ours and is skipped");
	}

}
