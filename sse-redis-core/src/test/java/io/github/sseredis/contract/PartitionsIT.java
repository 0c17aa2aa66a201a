package io.github.sseredis.contract;

import java.util.List;
import java.util.stream.IntStream;

import io.github.sseredis.EventId;
import io.github.sseredis.log.Cursor;
import io.github.sseredis.log.Position;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.SseTestClient;
import io.github.sseredis.test.SseTestEvent;
import io.github.sseredis.test.WithRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** More ordering domains on one Redis. */
@WithRedis
class PartitionsIT {

	static final int PARTITIONS = 4;

	private final RedisServer redis;

	private final String prefix = RedisExtension.newPrefix();

	PartitionsIT(RedisServer redis) {
		this.redis = redis;
	}

	@Nested
	class Contract extends BroadcasterContract {

		@Override
		Instance.Builder instance() {
			return Instance.redis(PartitionsIT.this.redis, PartitionsIT.this.prefix).partitions(PARTITIONS);
		}

		@Override
		boolean reachesOtherInstances() {
			return true;
		}

		@Override
		int partitions() {
			return PARTITIONS;
		}

	}

	@Nested
	class Replay extends ReplayContract {

		@Override
		Instance.Builder instance(String prefix) {
			return Instance.redis(PartitionsIT.this.redis, prefix).partitions(PARTITIONS);
		}

		@Override
		int partitions() {
			return PARTITIONS;
		}

		@Override
		List<RedisServer> servers(String key) {
			return List.of(PartitionsIT.this.redis);
		}

	}

	@Nested
	class Cursors {

		private final String[] topics = PartitionTopics.oneEach(PARTITIONS);

		private Instance instance;

		@BeforeEach
		void start() {
			this.instance = Instance.redis(PartitionsIT.this.redis, PartitionsIT.this.prefix)
				.partitions(PARTITIONS)
				.start();
			await().until(() -> !lastId().equals(EventId.NONE));
		}

		@AfterEach
		void stop() {
			this.instance.close();
		}

		private EventId lastId() {
			return this.instance.broadcaster().lastEventId();
		}

		private void publish(int from, int to) {
			for (int i = from; i < to; i++) {
				for (int partition = 0; partition < PARTITIONS; partition++) {
					this.instance.broadcaster().broadcast(this.topics[partition], partition + "/" + i).join();
				}
			}
			await()
				.until(() -> this.instance.log().partitions().stream().allMatch((partition) -> partition.end() == to));
		}

		private SseTestClient resume(String lastEventId, String... names) {
			return SseTestClient.to(this.instance.stream(names)).lastEventId(lastEventId).open().awaitOpen();
		}

		private static List<String> of(int partition, List<String> data) {
			return data.stream().filter((each) -> each.startsWith(partition + "/")).toList();
		}

		private static List<String> numbers(int partition, int from, int to) {
			return IntStream.range(from, to).mapToObj((i) -> partition + "/" + i).toList();
		}

		private static Cursor cursor(String id) {
			return Cursor.parse(id, PARTITIONS).orElseThrow();
		}

		@Test
		void openingIdHasAComponentForEachPartitionInvolvedAndNoOther() {
			try (RawSseClient client = RawSseClient.to(this.instance.stream(this.topics[0], this.topics[2])).open()) {
				String id = String.valueOf(client.awaitBlocks(1).get(0).id());
				assertThat(id).hasSizeLessThan(64);
				assertThat(cursor(id).position(0)).isNotNull();
				assertThat(cursor(id).position(1)).isNull();
				assertThat(cursor(id).position(2)).isNotNull();
				assertThat(cursor(id).position(3)).isNull();
			}
		}

		@Test
		void resumesInAllPartitionsFromTheNewestIdOfThem() {
			publish(0, 2);
			String id = lastId().toString();
			publish(2, 12);
			try (SseTestClient client = resume(id, this.topics)) {
				client.awaitEvents(10 * PARTITIONS);
				for (int partition = 0; partition < PARTITIONS; partition++) {
					assertThat(of(partition, client.data())).isEqualTo(numbers(partition, 2, 12));
				}
			}
		}

		@Test
		void resumesFromTheIdOfAnyEventWhateverItsPartition() {
			try (SseTestClient first = resume(lastId().toString(), this.topics)) {
				publish(0, 10);
				List<SseTestEvent> events = first.awaitEvents(10 * PARTITIONS);
				for (int seen = 0; seen < events.size(); seen += 3) {
					List<String> rest = events.subList(seen + 1, events.size())
						.stream()
						.map(SseTestEvent::data)
						.toList();
					try (SseTestClient second = resume(String.valueOf(events.get(seen).id()), this.topics)) {
						second.awaitEvents(rest.size());
						assertThat(second.data()).containsExactlyInAnyOrderElementsOf(rest);
					}
				}
			}
		}

		@Test
		void resetsOnlyTheTopicsOfThePartitionWhoseComponentProvesNothing() {
			Cursor before = cursor(lastId().toString());
			publish(0, 3);
			String id = Cursor
				.of(before.position(0), new Position("XXXXXXX", 5), before.position(2), before.position(3))
				.toString();
			assertResetsPartitionOne(id);
		}

		@Test
		void resetsOnlyTheTopicsOfThePartitionThatTheCursorDoesNotHave() {
			Cursor before = cursor(lastId().toString());
			publish(0, 3);
			assertResetsPartitionOne(
					Cursor.of(before.position(0), null, before.position(2), before.position(3)).toString());
		}

		private void assertResetsPartitionOne(String id) {
			List<SseTestEvent> events;
			try (SseTestClient client = resume(id, this.topics)) {
				client.awaitEvents(1 + 3 * (PARTITIONS - 1));
				publish(3, 4);
				events = client.awaitEvents(1 + 3 * (PARTITIONS - 1) + PARTITIONS);
				assertThat(of(1, client.data())).isEqualTo(numbers(1, 3, 4));
				assertThat(of(0, client.data())).isEqualTo(numbers(0, 0, 4));
				assertThat(of(3, client.data())).isEqualTo(numbers(3, 0, 4));
			}
			List<SseTestEvent> resets = events.stream().filter((event) -> event.type().equals("reset")).toList();
			assertThat(resets).extracting(SseTestEvent::data)
				.containsExactly("{\"reason\":\"unknown-epoch\",\"topics\":[\"" + this.topics[1] + "\"]}");
			// Cut off right after the reset.
			int place = events.indexOf(resets.get(0));
			List<String> rest = events.subList(place + 1, events.size()).stream().map(SseTestEvent::data).toList();
			assertThat(rest).containsAll(numbers(1, 3, 4));
			try (SseTestClient client = resume(String.valueOf(resets.get(0).id()), this.topics)) {
				client.awaitEvents(rest.size());
				assertThat(client.data()).containsExactlyInAnyOrderElementsOf(rest);
			}
		}

		@Test
		void openingHasNoIdWhenAResetOfAnyPartitionFollows() {
			Cursor before = cursor(lastId().toString());
			try (RawSseClient client = RawSseClient.to(this.instance.stream(this.topics))
				.lastEventId(Cursor.of(before.position(0), null, null, null).toString())
				.open()) {
				assertThat(client.awaitBlocks(1).get(0).id()).isNull();
			}
		}

		@Test
		void resetsAllTopicsWhenTheIdIsOfAnotherNumberOfPartitions() {
			publish(0, 1);
			try (SseTestClient client = resume("2XXXXXXX5.XXXXXXX5", this.topics)) {
				List<SseTestEvent> resets = client.awaitEvents(PARTITIONS);
				assertThat(resets).allSatisfy((reset) -> assertThat(reset.data()).contains("malformed"));
				assertThat(resets).extracting(SseTestEvent::data)
					.zipSatisfy(List.of(this.topics), (data, topic) -> assertThat(data).contains('"' + topic + '"'));
				assertThat(cursor(String.valueOf(resets.get(0).id())).position(1)).isNull();
				assertThat(cursor(String.valueOf(resets.get(PARTITIONS - 1).id())).position(0)).isNotNull();
			}
		}

	}

}
