package io.github.sseredis.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.sseredis.EventId;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisOptions;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.TcpProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Redis goes and comes back, as itself, empty, or as another server. */
class RestartsIT {

	private final List<AutoCloseable> open = new ArrayList<>();

	private final String prefix = RedisExtension.newPrefix();

	private final RedisServer redis = keep(RedisServer.start());

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

	private Node start(Node.Builder builder) {
		Node node = keep(builder.start());
		await().until(() -> node.hasPosition() && node.subscription.isSubscribed());
		return node;
	}

	private static List<String> numbers(int from, int to) {
		return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
	}

	private static List<CompletableFuture<EventId>> publish(Node node, int from, int to) {
		return numbers(from, to).stream().map((data) -> node.publish("a", data)).toList();
	}

	@Test
	void sendsInOrderAndOnceWhatWasPublishedWhileRedisWasDown() {
		Node node = start(Node.on(this.redis, this.prefix));
		Node other = start(Node.on(this.redis, this.prefix));
		Recorder recorder = node.record("a");
		Recorder otherRecorder = other.record("a");
		node.published("a", "1");
		otherRecorder.awaitLast("1");
		this.redis.save();
		this.redis.stop();
		List<CompletableFuture<EventId>> futures = publish(node, 2, 3000);
		assertThat(futures).noneMatch(CompletableFuture::isDone);
		assertThat(node.broadcaster.bufferedBytes()).isPositive();
		this.redis.startAgain();
		futures.forEach(Node::published);
		assertThat(recorder.awaitLast("3000")).isEqualTo(numbers(1, 3000));
		assertThat(otherRecorder.awaitLast("3000")).isEqualTo(numbers(1, 3000));
		await().until(() -> node.broadcaster.bufferedBytes() == 0);
	}

	@Test
	void resetsAndGoesOnWhenRedisComesBackEmpty() {
		Node node = start(Node.on(this.redis, this.prefix));
		Recorder recorder = node.record("a");
		publish(node, 1, 100).forEach(Node::published);
		recorder.awaitLast("100");
		this.redis.restartEmpty();
		node.published("a", "101");
		await().until(() -> recorder.resets() == 1);
		publish(node, 102, 120).forEach(Node::published);
		assertThat(recorder.awaitLast("120")).endsWith(numbers(102, 120).toArray(String[]::new));
		assertThat(recorder.resets()).isEqualTo(1);
	}

	@Test
	void resetsNobodyWhenAReplicaWithEverythingIsPromoted() {
		RedisServer replica = keep(RedisServer.start(RedisOptions.create().replicaOf(this.redis)));
		TcpProxy proxy = keep(TcpProxy.to(this.redis));
		Node node = start(Node.through(proxy, this.prefix));
		Recorder recorder = node.record("a");
		publish(node, 1, 100).forEach(Node::published);
		recorder.awaitLast("100");
		String before = node.log.lastEventId().toString();
		awaitReplicated(replica, 100);
		failOver(proxy, replica);
		publish(node, 101, 200).forEach(Node::published);
		assertThat(recorder.awaitLast("200")).isEqualTo(numbers(1, 200));
		assertThat(node.log.lastEventId().toString().substring(0, 7)).isNotEqualTo(before.substring(0, 7));
	}

	@Test
	void resetsEverybodyWhenAReplicaThatWasBehindIsPromotedAndHasMovedAheadAgain() {
		RedisServer replica = keep(RedisServer.start(RedisOptions.create().replicaOf(this.redis)));
		TcpProxy proxy = keep(TcpProxy.to(this.redis));
		Node node = start(Node.through(proxy, this.prefix));
		Recorder recorder = node.record("a");
		publish(node, 1, 50).forEach(Node::published);
		awaitReplicated(replica, 50);
		replica.command("REPLICAOF", "NO", "ONE");
		publish(node, 51, 100).forEach(Node::published);
		recorder.awaitLast("100");
		Node ahead = keep(Node.on(replica, this.prefix).publishingOnly().start());
		publish(ahead, 1001, 1200).forEach(Node::published);
		failOver(proxy, replica);
		await().until(() -> recorder.resets() == 1);
		publish(node, 1201, 1210).forEach(Node::published);
		List<String> seen = recorder.awaitLast("1210");
		assertThat(seen.subList(0, 100)).isEqualTo(numbers(1, 100));
		assertThat(seen.get(100)).startsWith("reset");
		List<String> after = seen.subList(101, seen.size());
		assertThat(after).isEqualTo(numbers(1211 - after.size(), 1210)).hasSizeGreaterThanOrEqualTo(10);
	}

	private void failOver(TcpProxy proxy, RedisServer to) {
		this.redis.kill();
		to.command("REPLICAOF", "NO", "ONE");
		proxy.redirect(to);
		proxy.cut();
	}

	private void awaitReplicated(RedisServer replica, int sequence) {
		await().atMost(Duration.ofSeconds(20))
			.until(() -> ("" + sequence).equals(replica.command("HGET", this.prefix + "{0}:seq", "seq")));
	}

}
