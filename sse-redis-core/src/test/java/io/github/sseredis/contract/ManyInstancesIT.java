package io.github.sseredis.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.github.sseredis.EventId;
import io.github.sseredis.test.NioSseClients;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.WithRedis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Several instances, many clients, many publishers at once. */
@WithRedis
@Tag("contract")
class ManyInstancesIT {

	private static final int INSTANCES = 3;

	private static final int CLIENTS = 50;

	private static final int PUBLISHERS = 20;

	private static final int EVENTS = 10_000;

	private static final int TOPICS = 5;

	@Test
	void everyClientReceivesItsEventsInOneOrderEachOnce(RedisServer redis) throws Exception {
		String prefix = RedisExtension.newPrefix();
		List<Instance> instances = new ArrayList<>();
		ExecutorService publishers = Executors.newFixedThreadPool(PUBLISHERS);
		try (NioSseClients clients = NioSseClients.create().recordNumbers()) {
			for (int i = 0; i < INSTANCES; i++) {
				instances.add(start(redis, prefix));
			}
			// Client i reads the topics of the bits of i.
			for (int i = 0; i < CLIENTS; i++) {
				clients.open(instances.get(i % INSTANCES).stream(topicsOf(i)), 1);
			}
			List<CompletableFuture<EventId>> sent = new ArrayList<>();
			List<CompletableFuture<Void>> done = new ArrayList<>();
			for (int p = 0; p < PUBLISHERS; p++) {
				int publisher = p;
				done.add(CompletableFuture.runAsync(() -> {
					for (int i = publisher; i < EVENTS; i += PUBLISHERS) {
						CompletableFuture<EventId> future = instances.get(publisher % INSTANCES)
							.broadcaster()
							.broadcast("topic" + i % TOPICS, String.valueOf(i));
						synchronized (sent) {
							sent.add(future);
						}
					}
				}, publishers));
			}
			CompletableFuture.allOf(done.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
			CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
			long expected = 0;
			for (int i = 0; i < CLIENTS; i++) {
				expected += (long) topicsOf(i).length * EVENTS / TOPICS;
			}
			long all = expected;
			await().atMost(Duration.ofSeconds(60)).until(() -> clients.totalEvents() >= all);
			assertThat(clients.totalEvents()).isEqualTo(all);
			assertOneOrder(clients);
		}
		finally {
			publishers.shutdownNow();
			instances.forEach(Instance::close);
		}
	}

	private static String[] topicsOf(int client) {
		int bits = client % ((1 << TOPICS) - 1) + 1;
		List<String> topics = new ArrayList<>();
		for (int i = 0; i < TOPICS; i++) {
			if ((bits & (1 << i)) != 0) {
				topics.add("topic" + i);
			}
		}
		return topics.toArray(new String[0]);
	}

	// Who reads everything has the order; everyone else has his part of it.
	private static void assertOneOrder(NioSseClients clients) {
		int everything = (1 << TOPICS) - 2;
		long[] order = clients.numbers(everything);
		assertThat(Arrays.stream(order).distinct().count()).isEqualTo(EVENTS);
		for (int i = 0; i < CLIENTS; i++) {
			int bits = i % ((1 << TOPICS) - 1) + 1;
			assertThat(clients.numbers(i))
				.isEqualTo(Arrays.stream(order).filter((number) -> (bits & (1 << (number % TOPICS))) != 0).toArray());
		}
		// And each publisher's events are in his own.
		for (int p = 0; p < PUBLISHERS; p++) {
			int publisher = p;
			assertThat(Arrays.stream(order).filter((number) -> number % PUBLISHERS == publisher).toArray()).isSorted();
		}
	}

	@Test
	void fiveHundredClientsResumeFromMemoryWhileAThousandEventsASecondFlow(RedisServer redis) throws Exception {
		AtomicBoolean publishing = new AtomicBoolean(true);
		try (Instance instance = start(redis, RedisExtension.newPrefix());
				NioSseClients before = NioSseClients.create().recordNumbers();
				NioSseClients after = NioSseClients.create().recordNumbers()) {
			before.open(instance.stream("load"), 500);
			CompletableFuture<Integer> published = CompletableFuture.supplyAsync(() -> {
				int i = 0;
				while (publishing.get()) {
					instance.broadcaster().broadcast("load", String.valueOf(i++));
					LockSupport.parkNanos(900_000);
				}
				return i;
			});
			before.awaitEvents(500, Duration.ofSeconds(60));
			before.reset((index) -> true);
			before.awaitAllEnded(Duration.ofSeconds(60));
			int first = after.start(instance.stream("load"), 500,
					(index) -> Map.of("Last-Event-ID", before.lastEventId(index)));
			after.awaitOpen(first, 500, Duration.ofSeconds(60));
			after.awaitEvents(1000, Duration.ofSeconds(60));
			publishing.set(false);
			int count = published.get(30, TimeUnit.SECONDS);
			await().atMost(Duration.ofSeconds(60))
				.until(() -> IntStream.range(0, 500)
					.allMatch((client) -> before.events(client) + after.events(client) >= count));
			for (int client = 0; client < 500; client++) {
				assertThat(after.resets(client)).isZero();
				long[] numbers = Arrays.copyOf(before.numbers(client), count);
				System.arraycopy(after.numbers(client), 0, numbers, (int) before.events(client),
						(int) after.events(client));
				for (int n = 0; n < count; n++) {
					assertThat(numbers[n]).isEqualTo(n);
				}
			}
		}
	}

	private static Instance start(RedisServer redis, String prefix) {
		Instance instance = Instance.redis(redis, prefix).start();
		await().until(() -> !instance.log().lastEventId().equals(EventId.NONE));
		return instance;
	}

}
