package io.github.sseredis.contract;

import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import io.github.sseredis.EventId;
import io.github.sseredis.test.NioSseClients;
import io.github.sseredis.test.ProcessLevel;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.WithRedis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients come and go, events flow, instances restart, for {@code sse.soak.seconds}; and
 * in the end everything is as it was.
 */
@WithRedis
@Tag("full")
class SoakIT {

	private static final int CONNECTIONS = 2000;

	private static final int TOPICS = 50;

	private static final int PAYLOAD = 400;

	private static final long LOG_MEMORY = 2 * 1024 * 1024;

	private static final long HEAP_MARGIN = 12 * 1024 * 1024;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final List<Instance> instances = new CopyOnWriteArrayList<>();

	/** The last event IDs of the clients of the round before. */
	private final Map<Integer, String> lastEventIds = new HashMap<>();

	private final AtomicLong published = new AtomicLong();

	private long received;

	private long resets;

	@Test
	void everythingIsBackAtItsLevelWhenClientsHaveComeAndGone(RedisServer redis) {
		long seconds = Long.getLong("sse.soak.seconds", 60);
		String prefix = RedisExtension.newPrefix();
		AtomicBoolean publishing = new AtomicBoolean(true);
		try {
			this.instances.add(start(redis, prefix));
			this.instances.add(start(redis, prefix));
			CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> publish(publishing));
			// As often as it takes for everything to be there that is made once.
			for (int round = 0; round < 4; round++) {
				round(redis, prefix, round);
			}
			awaitNoConnection();
			ProcessLevel before = ProcessLevel.now();
			System.out.println("Threads at the start: " + threads());
			long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
			int rounds = 0;
			while (System.nanoTime() < end) {
				round(redis, prefix, rounds++);
			}
			awaitNoConnection();
			await().atMost(PATIENCE)
				.pollInterval(Duration.ofSeconds(1))
				.untilAsserted(() -> assertThat(ProcessLevel.now())
					.matches((now) -> now.isAtLevelOf(before, HEAP_MARGIN), "at the level of " + before));
			System.out.printf("%d rounds of %d connections, %d events published, %d received, %d resets: %s -> %s%n",
					rounds, CONNECTIONS, this.published.get(), this.received, this.resets, before, ProcessLevel.now());
			System.out.println("Threads at the end: " + threads());
			assertThat(this.resets).isZero();
			publishing.set(false);
			publisher.join();
		}
		finally {
			publishing.set(false);
			this.instances.forEach(Instance::close);
		}
	}

	private static Instance start(RedisServer redis, String prefix) {
		Instance instance = Instance.redis(redis, prefix)
			.memory(LOG_MEMORY)
			// All of the container's threads from the start, so that none is taken for a
			// leak, nor hides one.
			.property("server.tomcat.threads.max=50")
			.property("server.tomcat.threads.min-spare=50")
			.options((options) -> options.heartbeatInterval(Duration.ofSeconds(1)).writeTimeout(Duration.ofSeconds(2)))
			.start();
		await().atMost(PATIENCE).until(() -> !instance.log().lastEventId().equals(EventId.NONE));
		return instance;
	}

	// Clients resume where those of the round before were; meanwhile an instance
	// restarts,
	// and then some leave in peace, some do not, and some just stop reading.
	private void round(RedisServer redis, String prefix, int round) {
		try (NioSseClients clients = NioSseClients.create()) {
			for (int topic = 0; topic < TOPICS; topic++) {
				Instance instance = this.instances.get(topic % 2);
				clients.start(instance.stream("t" + topic, "t" + (topic + 1) % TOPICS), CONNECTIONS / TOPICS, resume());
			}
			clients.awaitOpen(0, CONNECTIONS, PATIENCE);
			clients.awaitEvents(3, PATIENCE);
			int restarted = round % 2;
			this.instances.get(restarted).close();
			this.instances.set(restarted, start(redis, prefix));
			for (int index = 0; index < CONNECTIONS; index++) {
				this.lastEventIds.put(index, clients.lastEventId(index));
				this.resets += clients.resets(index);
			}
			this.received += clients.totalEvents();
			clients.pause((index) -> index % 10 == 0);
			clients.reset((index) -> index % 3 == 0 && index % 10 != 0);
		}
	}

	private IntFunction<Map<String, String>> resume() {
		return (index) -> {
			String id = this.lastEventIds.get(index);
			return id != null && !id.isEmpty() ? Map.of("Last-Event-ID", id) : Map.of();
		};
	}

	private void publish(AtomicBoolean publishing) {
		String payload = " " + "x".repeat(PAYLOAD);
		while (publishing.get()) {
			long number = this.published.getAndIncrement();
			try {
				this.instances.get((int) (number % 2)).broadcaster().broadcast("t" + number % TOPICS, number + payload);
			}
			catch (RuntimeException ex) {
				// That instance is being replaced.
			}
			LockSupport.parkNanos(2_000_000);
		}
	}

	// How many there are of each kind; what their names number is left out.
	private static Map<String, Long> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.collect(Collectors.groupingBy((thread) -> thread.getName().replaceAll("[0-9]+", "#"), TreeMap::new,
					Collectors.counting()));
	}

	private void awaitNoConnection() {
		await().atMost(PATIENCE)
			.until(() -> this.instances.stream()
				.allMatch((instance) -> instance.registry().connectionCount() == 0
						&& instance.registry().connections().isEmpty()));
	}

}
