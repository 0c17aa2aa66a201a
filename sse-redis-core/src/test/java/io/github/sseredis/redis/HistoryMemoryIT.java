package io.github.sseredis.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.sseredis.EventId;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** That Redis needs about the memory that docs/delivery.md tells to reckon with. */
class HistoryMemoryIT {

	private static final Logger logger = LoggerFactory.getLogger(HistoryMemoryIT.class);

	private static final int TOPICS = 200;

	private static final int EVENTS_PER_TOPIC = 40;

	private static final int EVENTS = TOPICS * EVENTS_PER_TOPIC;

	private static final int BYTES = 300;

	@Test
	void redisNeedsAboutWhatTheDocumentsSay() {
		try (RedisServer redis = RedisServer.start();
				Node node = Node.on(redis, RedisExtension.newPrefix()).publishingOnly().start()) {
			node.publish("warm", "up").join();
			long before = usedMemory(redis);
			List<CompletableFuture<EventId>> futures = new ArrayList<>();
			for (int i = 0; i < EVENTS; i++) {
				futures.add(node.publish("user:" + i % TOPICS, "x".repeat(BYTES - 20)));
			}
			await().atMost(Duration.ofSeconds(60)).until(() -> futures.stream().allMatch(CompletableFuture::isDone));
			long used = usedMemory(redis) - before;
			double said = 1.4 * (BYTES + 50) * (EVENTS + EVENTS) + 5 * 1024 * TOPICS;
			logger.info("{} MB used, {} MB said", used / 1e6, said / 1e6);
			assertThat(used / said).isBetween(0.5, 1.1);
		}
	}

	private static long usedMemory(RedisServer redis) {
		String info = String.valueOf(redis.command("INFO", "memory"));
		return info.lines()
			.filter((line) -> line.startsWith("used_memory:"))
			.mapToLong((line) -> Long.parseLong(line.substring("used_memory:".length()).strip()))
			.findFirst()
			.orElseThrow();
	}

}
