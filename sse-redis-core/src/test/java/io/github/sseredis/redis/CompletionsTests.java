package io.github.sseredis.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.sseredis.redis.Completions.Completion;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class CompletionsTests {

	private final Completions completions = new Completions();

	private void complete(List<CompletableFuture<Integer>> futures) {
		this.completions.complete(IntStream.range(0, futures.size())
			.mapToObj((i) -> new Completion(futures.get(i), () -> futures.get(i).complete(i)))
			.toList());
	}

	private static List<CompletableFuture<Integer>> futures(int count) {
		return IntStream.range(0, count).mapToObj((i) -> new CompletableFuture<Integer>()).toList();
	}

	@Test
	void completesAFutureThatAnotherOfTheSameCallWaitsFor() {
		List<CompletableFuture<Integer>> futures = futures(10);
		List<CompletableFuture<Integer>> waiting = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			CompletableFuture<Integer> next = futures.get(i + 1);
			waiting.add(futures.get(i).thenApply((value) -> next.join()));
		}
		complete(futures);
		assertThat(CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)))
			.succeedsWithin(Duration.ofSeconds(30));
	}

	@Test
	void completesAllEventuallyWhenCallersBlockEveryThread() {
		CompletableFuture<Void> release = new CompletableFuture<>();
		List<CompletableFuture<Integer>> futures = futures(200);
		futures.forEach((future) -> future.thenRun(release::join));
		complete(futures);
		await().until(() -> futures.stream().filter(CompletableFuture::isDone).count() >= 64);
		release.complete(null);
		await().until(() -> futures.stream().allMatch(CompletableFuture::isDone));
	}

	@Test
	void completesTheOthersWhenOneThrows() {
		List<CompletableFuture<Integer>> futures = futures(2);
		this.completions.complete(List.of(new Completion(futures.get(0), () -> {
			throw new IllegalStateException("on purpose");
		}), new Completion(futures.get(1), () -> futures.get(1).complete(1))));
		assertThat(futures.get(1)).succeedsWithin(Duration.ofSeconds(30));
	}

}
