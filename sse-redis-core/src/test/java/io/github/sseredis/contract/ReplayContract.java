package io.github.sseredis.contract;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.github.sseredis.EventId;
import io.github.sseredis.log.Cursor;
import io.github.sseredis.log.Position;
import io.github.sseredis.test.NioSseClients;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.SseTestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Resumes from a place that the event log no longer has; each subclass gives the Redis
 * that still has it.
 */
abstract class ReplayContract {

	/** Room for a few events only. */
	private static final long SMALL = 4000;

	private final List<AutoCloseable> open = new ArrayList<>();

	private final String prefix = RedisExtension.newPrefix();

	/** Starts to build an instance that shares what others with this prefix do. */
	abstract Instance.Builder instance(String prefix);

	/** The ordering domains of the instances. */
	int partitions() {
		return 1;
	}

	/** The servers that may have a key. */
	abstract List<RedisServer> servers(String key);

	/** Names a topic of an ordering domain that is not the first, if there are more. */
	private String topic(String name) {
		return PartitionTopics.of(partitions(), partitions() - 1, name).findFirst().orElseThrow();
	}

	private String key(String name) {
		return this.prefix + "{" + (partitions() - 1) + "}:" + name;
	}

	private void delete(String name) {
		servers(key(name)).forEach((server) -> assertThat(server.command("DEL", key(name))).isEqualTo(1L));
	}

	@AfterEach
	void closeAll() throws Exception {
		for (AutoCloseable each : this.open) {
			each.close();
		}
	}

	private Instance start(Instance.Builder builder) {
		Instance instance = builder.start();
		this.open.add(instance);
		await().until(() -> !instance.log().lastEventId().equals(EventId.NONE));
		return instance;
	}

	private Instance.Builder small() {
		return instance(this.prefix).memory(SMALL * partitions());
	}

	private SseTestClient resume(Instance instance, String lastEventId, String... topics) {
		SseTestClient client = SseTestClient.to(stream(instance, topics)).lastEventId(lastEventId).open();
		this.open.add(0, client);
		return client;
	}

	private URI stream(Instance instance, String... topics) {
		return instance.stream(Stream.of(topics).map(this::topic).toArray(String[]::new));
	}

	private List<String> publish(Instance instance, String topic, int from, int to) {
		return IntStream.range(from, to).mapToObj((i) -> {
			instance.broadcaster().broadcast(topic(topic), "event " + i).join();
			return "event " + i;
		}).toList();
	}

	@Test
	void replaysWhatTheLogHasDroppedAndGoesOnLive() {
		Instance instance = start(small());
		String id = instance.broadcaster().lastEventId().toString();
		List<String> expected = new ArrayList<>(publish(instance, "a", 0, 250));
		SseTestClient client = resume(instance, id, "a");
		client.awaitEvents(250);
		expected.addAll(publish(instance, "a", 250, 260));
		client.awaitEvents(260);
		assertThat(client.data()).isEqualTo(expected);
	}

	@Test
	void mergesReplayedAndRememberedTopicsInOrder() {
		Instance instance = start(small());
		String id = instance.broadcaster().lastEventId().toString();
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			expected.addAll(publish(instance, List.of("a", "b", "c").get(i % 3), i, i + 1));
		}
		expected.addAll(publish(instance, "b", 300, 310));
		SseTestClient client = resume(instance, id, "a", "b", "c", "quiet");
		client.awaitEvents(expected.size());
		assertThat(client.data()).isEqualTo(expected);
	}

	@Test
	void resetsWhenTheHistoryIsTrimmedPastTheCursor() {
		Instance instance = start(small().history(50, 60));
		String id = instance.broadcaster().lastEventId().toString();
		publish(instance, "a", 0, 100);
		await().until(() -> instance.log().partitionOf(topic("a")).end() == 100);
		SseTestClient client = resume(instance, id, "a");
		assertThat(client.awaitEvents(1).get(0).data()).contains("\"reason\":\"trimmed\"");
		publish(instance, "a", 100, 101);
		assertThat(client.awaitEvents(2).get(1).data()).isEqualTo("event 100");
	}

	@Test
	void replaysAQuietTopicWhenOthersHaveTurnedTheLogOver() {
		Instance instance = start(small());
		String id = instance.broadcaster().broadcast(topic("a"), "event 0").join().toString();
		publish(instance, "a", 1, 2);
		publish(instance, "noise", 0, 200);
		assertThat(resume(instance, id, "a").awaitEvents(1).get(0).data()).isEqualTo("event 1");
	}

	@Test
	void replaysFromRecentWhenTheTopicsHashIsGone() {
		Instance instance = start(small());
		String id = instance.broadcaster().broadcast(topic("a"), "event 0").join().toString();
		publish(instance, "a", 1, 100);
		delete("topic:" + topic("a"));
		SseTestClient client = resume(instance, id, "a");
		client.awaitEvents(99);
		assertThat(client.data()).hasSize(99).first().isEqualTo("event 1");
	}

	@Test
	void resetsWhenNothingProvesWhatTheTopicHad() {
		Instance instance = start(small());
		String id = instance.broadcaster().broadcast(topic("a"), "event 0").join().toString();
		publish(instance, "a", 1, 100);
		delete("topic:" + topic("a"));
		delete("recent");
		assertThat(resume(instance, id, "a").awaitEvents(1).get(0).data()).contains("\"reason\":\"trimmed\"");
	}

	@Test
	void resumesOnANewInstanceFromItsFilledLog() {
		Instance first = start(instance(this.prefix));
		String id = first.broadcaster().lastEventId().toString();
		List<String> expected = publish(first, "a", 0, 120);
		Instance second = start(instance(this.prefix));
		assertThat(second.log().bytes()).isPositive();
		SseTestClient client = resume(second, id, "a");
		client.awaitEvents(120);
		assertThat(client.data()).isEqualTo(expected);
	}

	@Test
	void resetsAnIdThatIsAheadOfRedis() {
		Instance instance = start(small());
		publish(instance, "a", 0, 1);
		int partition = partitions() - 1;
		Position[] positions = new Position[partitions()];
		Position newest = Cursor.parse(instance.broadcaster().lastEventId().toString(), partitions())
			.orElseThrow()
			.position(partition);
		positions[partition] = new Position(newest.epoch(), newest.sequence() + 100_000);
		SseTestClient client = resume(instance, Cursor.of(positions).toString(), "a");
		assertThat(client.awaitEvents(1).get(0).data()).contains("\"reason\":\"rolled-back\"");
		// And nobody else is concerned.
		assertThat(instance.log().partitions().get(partition).position().epoch()).isEqualTo(newest.epoch());
	}

	@Test
	void movesAClientThatLagsBehindTheLogToReplay() throws Exception {
		Instance instance = start(small().options((options) -> options.writeTimeout(Duration.ofMinutes(2))));
		try (RawSseClient client = RawSseClient.to(stream(instance, "a")).receiveBuffer(2048).open()) {
			client.awaitBlocks(1);
			client.pause();
			int events = 900;
			String payload = "x".repeat(8000);
			for (int i = 0; i < events; i++) {
				instance.broadcaster().broadcast(topic("a"), i + " " + payload).join();
			}
			client.resume();
			client.awaitEvents(events, Duration.ofSeconds(60));
			assertThat(client.events()).noneMatch((event) -> "reset".equals(event.type()));
			for (int i = 0; i < events; i++) {
				assertThat(client.events().get(i).data()).startsWith(i + " ");
			}
		}
	}

	@Test
	void answersAStormOfResumesWithAFewReads() throws Exception {
		Instance instance = start(small());
		String id = instance.broadcaster().lastEventId().toString();
		publish(instance, "a", 0, 300);
		long before = calls();
		try (NioSseClients clients = NioSseClients.create().recordNumbers()) {
			int first = clients.start(stream(instance, "a"), 500, (index) -> Map.of("Last-Event-ID", id));
			clients.awaitOpen(first, 500, Duration.ofSeconds(60));
			clients.awaitEvents(300, Duration.ofSeconds(60));
			for (int i = 0; i < 500; i++) {
				assertThat(clients.numbers(i)).isEqualTo(LongStream.range(0, 300).toArray());
				assertThat(clients.resets(i)).isZero();
			}
		}
		assertThat(calls() - before).isLessThan(250);
	}

	private long calls() {
		return servers(key("seq")).stream()
			.flatMap((server) -> String.valueOf(server.command("INFO", "commandstats")).lines())
			.filter((line) -> line.startsWith("cmdstat_evalsha:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll(".*calls=(\\d+).*", "$1")))
			.sum();
	}

}
