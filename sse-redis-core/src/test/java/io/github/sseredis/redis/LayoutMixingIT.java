package io.github.sseredis.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.sseredis.BroadcastException;
import io.github.sseredis.BroadcastException.Outcome;
import io.github.sseredis.EventId;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.Resp;
import io.github.sseredis.test.WithRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/** An instance that meets keys of another layout than its own. */
@WithRedis
class LayoutMixingIT {

	private final RedisServer redis;

	private final String prefix = RedisExtension.newPrefix();

	LayoutMixingIT(RedisServer redis) {
		this.redis = redis;
	}

	private Node.Builder node(int partitions) {
		return Node.on(this.redis, this.prefix).partitions(partitions).publish(1024 * 1024, Duration.ofSeconds(3));
	}

	private static void publishedEverywhere(Node node) {
		IntStream.range(0, 20).forEach((i) -> node.published("topic" + i, "works"));
	}

	private static void refusedEverywhere(Node node, String message) {
		List<CompletableFuture<EventId>> futures = IntStream.range(0, 20)
			.mapToObj((i) -> node.publish("topic" + i, "never"))
			.toList();
		await().until(() -> !node.broadcaster.failure().isEmpty() && !node.subscription.failure().isEmpty());
		assertThat(node.broadcaster.failure()).contains(message)
			.contains("use another sse.channel-prefix, or stop all instances and delete them");
		assertThat(node.subscription.failure()).isEqualTo(node.broadcaster.failure());
		assertThat(futures).allSatisfy((future) -> assertThatException().isThrownBy(future::join)
			.havingCause()
			.isInstanceOfSatisfying(BroadcastException.class,
					(ex) -> assertThat(ex.outcome()).isEqualTo(Outcome.NOT_SENT))
			.withMessageContaining(message));
	}

	private Map<String, String> keys() {
		Map<String, String> contents = new TreeMap<>();
		try (Resp resp = this.redis.resp()) {
			for (Object key : (List<?>) resp.command("KEYS", this.prefix + "*")) {
				contents.put(String.valueOf(key), String.valueOf(resp.command("DUMP", String.valueOf(key))));
			}
		}
		return contents;
	}

	private void deleteKeys() {
		keys().keySet().forEach((key) -> this.redis.command("DEL", key));
	}

	@ParameterizedTest
	@CsvSource({ "1,4", "4,1", "4,2", "2,8" })
	void changesNothingWhenTheNumberOfPartitionsIsAnother(int old, int other) {
		try (Node node = node(old).start()) {
			await().until(node::hasPosition);
			publishedEverywhere(node);
			Map<String, String> before = keys();
			try (Node refused = node(other).start()) {
				refusedEverywhere(refused, "another format or number of partitions than 1 and " + other);
				assertThat(refused.hasPosition()).isFalse();
				assertThat(keys()).isEqualTo(before);
				publishedEverywhere(node);
				assertThat(node.broadcaster.failure() + node.subscription.failure()).isEmpty();
				node.close();
				deleteKeys();
				await().until(() -> refused.hasPosition() && refused.subscription.failure().isEmpty());
				publishedEverywhere(refused);
				assertThat(refused.broadcaster.failure()).isEmpty();
			}
		}
	}

	@Test
	void changesNothingWhenTheFormatIsAnother() {
		try (Node node = node(4).start()) {
			await().until(node::hasPosition);
			publishedEverywhere(node);
			for (int i = 0; i < 4; i++) {
				this.redis.command("HSET", this.prefix + "{" + i + "}:seq", "format", "2");
			}
			Map<String, String> before = keys();
			refusedEverywhere(node, "another format or number of partitions than 1 and 4");
			try (Node refused = node(4).start()) {
				refusedEverywhere(refused, "another format or number of partitions than 1 and 4");
			}
			assertThat(keys()).isEqualTo(before);
		}
	}

}
