package io.github.sseredis.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import io.github.sseredis.EventId;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.WithRedis;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How fast one instance publishes; said, not asserted: machines differ. */
@WithRedis
class PublishRateIT {

	private static final Logger logger = LoggerFactory.getLogger(PublishRateIT.class);

	private static final int EVENTS = 60_000;

	/** Fewer than fill the buffer. */
	private static final int WAITING = 20_000;

	@Test
	void completesEveryFutureAndDeliversInOrder(RedisServer redis) throws Exception {
		try (Node node = Node.on(redis, RedisExtension.newPrefix()).start()) {
			await().until(() -> node.hasPosition() && node.subscription.isSubscribed());
			Recorder recorder = node.record("a");
			String payload = "x".repeat(100);
			List<CompletableFuture<EventId>> futures = new ArrayList<>(EVENTS);
			Semaphore waiting = new Semaphore(WAITING);
			long before = System.nanoTime();
			for (int i = 0; i < EVENTS; i++) {
				waiting.acquire();
				CompletableFuture<EventId> future = node.publish("a", i + " " + payload);
				futures.add(future);
				future.whenComplete((id, failure) -> waiting.release());
			}
			await().atMost(Duration.ofSeconds(60)).until(() -> futures.stream().allMatch(CompletableFuture::isDone));
			long nanos = System.nanoTime() - before;
			logger.info("{} events per second", EVENTS * 1_000_000_000L / nanos);
			assertThat(futures.stream().map(CompletableFuture::join).distinct()).hasSize(EVENTS);
			assertThat(recorder.awaitLast(EVENTS - 1 + " " + payload)).hasSize(EVENTS);
			assertThat(recorder.resets()).isZero();
		}
	}

}
