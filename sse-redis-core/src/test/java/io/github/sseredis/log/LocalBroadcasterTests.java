package io.github.sseredis.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.github.sseredis.EventEncoder;
import io.github.sseredis.EventId;
import io.github.sseredis.SseEvent;
import io.github.sseredis.log.LogReader.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

class LocalBroadcasterTests {

	private static final Duration ttl = Duration.ofMinutes(10);

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

	private final EventLog log = new EventLog(1, Logs.MUCH);

	private final LocalBroadcaster broadcaster = broadcaster(this.log);

	private final PartitionLog partition = this.log.partitions().get(0);

	private final FrameBatch batch = new FrameBatch();

	@Test
	void positionIsKnownFromTheBeginning() {
		assertThat(Cursor.parse(this.broadcaster.lastEventId().toString(), 1))
			.hasValueSatisfying((cursor) -> assertThat(cursor.position(0).sequence()).isZero());
	}

	@Test
	void eventIsReadWithTheIdOfItsFuture() {
		LogReader reader = LogReader.open(this.partition, List.of("a"), Logs.nobody());
		EventId id = this.broadcaster.broadcast("a", SseEvent.of("order", "x")).join();
		assertThat(reader.read(this.batch)).isEqualTo(Result.UP_TO_DATE);
		assertThat(Logs.frame(this.batch, 0)).isEqualTo("event: order\ndata: x\nid: " + id + "\n\n");
		assertThat(this.broadcaster.lastEventId()).isEqualTo(id);
	}

	@Test
	void eventIsStoredWhenItsSubscribersAreSignalled() {
		List<EventId> seen = new ArrayList<>();
		LogReader.open(this.partition, List.of("a"), () -> seen.add(this.broadcaster.lastEventId()));
		EventId id = this.broadcaster.broadcast("a", "x").join();
		assertThat(seen).containsExactly(id);
	}

	@Test
	void idInvolvesThePartitionOfTheTopic() {
		LocalBroadcaster several = broadcaster(new EventLog(8, Logs.MUCH));
		Cursor cursor = Cursor.parse(several.broadcast("bar", "x").join().toString(), 8).orElseThrow();
		for (int i = 0; i < 8; i++) {
			assertThat(cursor.position(i) != null).isEqualTo(i == 5061 % 8);
		}
		assertThat(cursor.position(5061 % 8).sequence()).isOne();
	}

	@Test
	void eventIsTakenOnceWhenItsKeyIsRemembered() {
		EventId first = publish("a", "k");
		pass(ttl);
		assertThat(publish("a", "k")).isEqualTo(first);
		assertThat(this.partition.end()).isOne();
	}

	@Test
	void eventIsTakenAgainWhenItsKeyIsForgotten() {
		EventId first = publish("a", "k");
		EventId other = publish("a", "other");
		pass(ttl.plusNanos(1));
		EventId second = publish("a", "k");
		assertThat(second).isNotEqualTo(first);
		assertThat(publish("a", "k")).isEqualTo(second);
		assertThat(publish("a", "other")).isNotEqualTo(other);
		assertThat(this.partition.end()).isEqualTo(4);
	}

	@Test
	void keyIsRememberedFromItsOwnEventOn() {
		publish("a", "early");
		pass(ttl.dividedBy(2));
		EventId late = publish("a", "late");
		pass(ttl.dividedBy(2).plusNanos(1));
		publish("a", "early");
		assertThat(publish("a", "late")).isEqualTo(late);
	}

	@Test
	void keyIsOfItsTopicAlone() {
		EventId first = publish("a", "k");
		assertThat(publish("b", "k")).isNotEqualTo(first);
		assertThat(publish("a:b", "c")).isNotEqualTo(publish("a", "b:c"));
		assertThat(publish("1:a", "k")).isNotEqualTo(first);
	}

	@Test
	void eventsWithoutAKeyAreAllTaken() {
		this.broadcaster.broadcast("a", "x");
		this.broadcaster.broadcast("a", "x");
		assertThat(this.partition.end()).isEqualTo(2);
	}

	@Test
	void topicOfAnotherLifeIsNotContinued() {
		EventId id = this.broadcaster.broadcast("a", "x").join();
		Position position = Cursor.parse(id.toString(), 1).orElseThrow().position(0);
		EventLog next = new EventLog(1, Logs.MUCH);
		broadcaster(next);
		LogReader reader = LogReader.resume(next.partitions().get(0), List.of("a"), Logs.nobody(), position);
		assertThat(reader.read(this.batch)).isEqualTo(Result.RESET);
	}

	@Test
	void orderToDisconnectIsOnTheControlTopic() {
		LogReader reader = LogReader.open(this.partition, List.of("$control"), Logs.nobody());
		assertThat(this.broadcaster.disconnect("ann")).isCompleted();
		assertThat(reader.read(this.batch)).isEqualTo(Result.UP_TO_DATE);
		assertThat(Logs.frame(this.batch, 0)).isEqualTo("disconnect ann");
	}

	@Test
	@Timeout(60)
	void eachThreadFindsItsEventsInTheOrderOfItsCalls() throws InterruptedException {
		int threads = 4;
		int events = 500;
		LogReader reader = LogReader.open(this.partition, List.of("a"), Logs.nobody());
		List<List<EventId>> ids = new ArrayList<>();
		List<Thread> publishers = new ArrayList<>();
		for (int t = 0; t < threads; t++) {
			List<EventId> own = new ArrayList<>();
			ids.add(own);
			int number = t;
			Thread publisher = new Thread(() -> {
				for (int i = 0; i < events; i++) {
					own.add(this.broadcaster.broadcast("a", number + " " + i).join());
				}
			});
			publishers.add(publisher);
			publisher.start();
		}
		for (Thread publisher : publishers) {
			publisher.join();
		}
		int[] next = new int[threads];
		long sequence = 0;
		Result result;
		do {
			this.batch.clear();
			result = reader.read(this.batch);
			for (int i = 0; i < this.batch.size(); i++) {
				assertThat(this.batch.sequence(i)).isEqualTo(++sequence);
				String frame = Logs.frame(this.batch, i);
				int publisher = Integer.parseInt(frame.substring(6, 7));
				int number = next[publisher]++;
				assertThat(frame).isEqualTo(
						"data: " + publisher + " " + number + "\nid: " + ids.get(publisher).get(number) + "\n\n");
			}
		}
		while (result == Result.MORE);
		assertThat(sequence).isEqualTo((long) threads * events);
	}

	private EventId publish(String topic, String key) {
		SseEvent event = SseEvent.builder().data("x").idempotencyKey(key).build();
		CompletableFuture<EventId> future = this.broadcaster.broadcast(topic, event);
		assertThat(future).isCompleted();
		return future.join();
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

	private LocalBroadcaster broadcaster(EventLog log) {
		return new LocalBroadcaster(log, new EventEncoder(String::valueOf, 0), ttl, this.now::get);
	}

}
