package io.github.sseredis.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.sseredis.log.LogReader.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class PartitionLogTests {

	private final PartitionLog log = Logs.begun(Logs.MUCH);

	private final List<String> signals = new ArrayList<>();

	@Test
	void hasNoPositionBeforeItBegins() {
		PartitionLog fresh = new PartitionLog(3, 8, Logs.MUCH);
		assertThat(fresh.position()).isNull();
		assertThat(fresh.lineage()).isNull();
		assertThat(fresh.bytes()).isZero();
		assertThat(fresh.partition()).isEqualTo(3);
		assertThatIllegalStateException().isThrownBy(() -> Logs.append(new PartitionLog(0, 1, Logs.MUCH), 1, "a"));
	}

	@Test
	void hasItsPositionOnceItIsPublished() {
		Lineage lineage = Logs.lineage("BBBBBBB");
		this.log.start(lineage, 100);
		assertThat(this.log.position()).isNull();
		Logs.append(this.log, 101, "a");
		assertThat(this.log.position()).isNull();
		this.log.publish(101);
		assertThat(this.log.position()).isEqualTo(new Position("BBBBBBB", 101));
		assertThat(this.log.lineage()).isSameAs(lineage);
	}

	@Test
	void endIsRaisedWhenEventsArePublished() {
		Logs.append(this.log, 1, "a");
		assertThat(this.log.end()).isZero();
		this.log.publish(1);
		assertThat(this.log.end()).isOne();
	}

	@Test
	void endIsRaisedOverNumbersThatAreNobodys() {
		this.log.publish(5);
		assertThat(this.log.position()).isEqualTo(new Position("AAAAAAA", 5));
		this.log.publish(3);
		assertThat(this.log.end()).isEqualTo(5);
		assertThatIllegalArgumentException().isThrownBy(() -> Logs.append(this.log, 5, "a"))
			.withMessageContaining("5 after 5");
		assertThat(Logs.publish(this.log, "a")).isEqualTo(6);
	}

	@Test
	void eventIsRefusedWhenItsNumberIsNotGreater() {
		Logs.append(this.log, 7, "a");
		assertThatIllegalArgumentException().isThrownBy(() -> Logs.append(this.log, 7, "a"));
		assertThatIllegalArgumentException().isThrownBy(() -> Logs.append(this.log, 6, "a"));
		this.log.publish(7);
		assertThat(this.log.end()).isEqualTo(7);
	}

	@Test
	void frameHasItsIdWhenThereIsOnePartition() {
		LogReader reader = LogReader.open(this.log, List.of("a"), Logs.nobody());
		this.log.publish(61);
		Logs.publish(this.log, "a");
		FrameBatch batch = new FrameBatch();
		reader.read(batch);
		assertThat(Logs.frame(batch, 0)).isEqualTo("data: a 62\nid: AAAAAAA10\n\n");
	}

	@Test
	void frameHasTheIdOfTheEpochInWhichTheLogIsBegun() {
		this.log.start(Logs.lineage("BBBBBBB"), 0);
		Logs.append(this.log, 1, "a");
		this.log.publish(1);
		FrameBatch batch = new FrameBatch();
		LogReader.resume(this.log, List.of("a"), Logs.nobody(), new Position("BBBBBBB", 0)).read(batch);
		assertThat(Logs.frame(batch, 0)).endsWith("id: BBBBBBB1\n\n");
	}

	@Test
	void frameIsLeftToTheDrainerWhenThereAreMorePartitions() {
		PartitionLog second = new PartitionLog(1, 2, Logs.MUCH);
		Logs.begin(second, Logs.lineage("AAAAAAA"), 0);
		LogReader reader = LogReader.open(second, List.of("a"), Logs.nobody());
		Logs.publish(second, "a");
		FrameBatch batch = new FrameBatch();
		reader.read(batch);
		assertThat(Logs.frame(batch, 0)).isEqualTo("data: a 1\n");
	}

	@Test
	void orderIsKeptAsItIs() {
		LogReader reader = LogReader.open(this.log, List.of("$control"), Logs.nobody());
		Logs.publish(this.log, "$control");
		FrameBatch batch = new FrameBatch();
		reader.read(batch);
		assertThat(Logs.frame(batch, 0)).isEqualTo("data: $control 1\n");
	}

	@Test
	void subscribersOfATopicAreSignalledWhenItsEventsArePublished() {
		subscribe("a", "b");
		Logs.append(this.log, 1, "a");
		Logs.append(this.log, 2, "a");
		Logs.append(this.log, 3, "c");
		assertThat(this.signals).isEmpty();
		this.log.publish(3);
		assertThat(this.signals).containsExactly("a");
		this.log.publish(4);
		assertThat(this.signals).containsExactly("a");
		Logs.publish(this.log, "a");
		assertThat(this.signals).containsExactly("a", "a");
	}

	@Test
	void allSubscribersAreSignalledWhenTheLogBeginsAnew() {
		subscribe("a", "b");
		Logs.append(this.log, 1, "a");
		this.log.start(Logs.lineage("BBBBBBB"), 10);
		Logs.append(this.log, 11, "a");
		assertThat(this.signals).isEmpty();
		this.log.publish(11);
		assertThat(this.signals).containsExactlyInAnyOrder("a", "b");
		this.signals.clear();
		Logs.publish(this.log, "a");
		assertThat(this.signals).containsExactly("a");
	}

	@Test
	void allSubscribersAreSignalledWhenTheLogGoesOnUnderAnotherLineage() {
		subscribe("a", "b");
		Lineage lineage = Logs.lineage("BBBBBBB", new Position("AAAAAAA", 0));
		this.log.renew(lineage);
		assertThat(this.signals).containsExactlyInAnyOrder("a", "b");
		assertThat(this.log.lineage()).isSameAs(lineage);
		assertThat(this.log.position()).isEqualTo(new Position("BBBBBBB", 0));
	}

	@Test
	void subscribersAreCountedByTopic() {
		LogReader first = LogReader.open(this.log, List.of("a", "b"), Logs.nobody());
		LogReader second = LogReader.open(this.log, List.of("a"), Logs.nobody());
		assertThat(this.log.subscriberCount("a")).isEqualTo(2);
		assertThat(this.log.subscriberCount("b")).isOne();
		assertThat(this.log.subscriberCount("c")).isZero();
		first.close();
		first.close();
		second.close();
		assertThat(this.log.subscriberCount("a")).isZero();
		assertThat(Logs.topics(this.log)).isEmpty();
	}

	@Test
	void topicIsKeptWhileItHasEventsOrSubscribers() {
		LogReader reader = LogReader.open(this.log, List.of("a"), Logs.nobody());
		Logs.publish(this.log, "a");
		Logs.publish(this.log, "b");
		reader.close();
		assertThat(Logs.topics(this.log)).containsOnlyKeys("a", "b");
		Logs.begin(this.log, Logs.lineage("BBBBBBB"), 0);
		assertThat(Logs.topics(this.log)).isEmpty();
		LogReader.open(this.log, List.of("a"), Logs.nobody());
		Logs.publish(this.log, "a");
		Logs.begin(this.log, Logs.lineage("CCCCCCC"), 0);
		assertThat(Logs.topics(this.log)).containsOnlyKeys("a");
	}

	@Test
	void topicIsForgottenWithItsLastEvent() {
		PartitionLog small = Logs.begun(10_000);
		for (int i = 0; i < 1000; i++) {
			Logs.publish(small, "user:" + i);
			assertThat(small.bytes()).isPositive().isLessThanOrEqualTo(10_000);
		}
		assertThat(Logs.topics(small)).hasSizeLessThan(100).containsKey("user:999").doesNotContainKey("user:900");
	}

	@Test
	void nothingIsHeldWhenAnEventIsGreaterThanTheMemory() {
		PartitionLog small = Logs.begun(10_000);
		LogReader other = LogReader.open(small, List.of("b"), Logs.nobody());
		Logs.publish(small, "a");
		Logs.publish(small, "b");
		assertThat(other.read(new FrameBatch())).isEqualTo(Result.UP_TO_DATE);
		LogReader reader = LogReader.open(small, List.of("a"), Logs.nobody());
		Logs.publish(small, "a", 10_000);
		assertThat(small.bytes()).isZero();
		assertThat(Logs.topics(small)).containsOnlyKeys("a", "b");
		assertThat(reader.read(new FrameBatch())).isEqualTo(Result.RESET);
		assertThat(reader.acceptReset()).isEqualTo(new Position("AAAAAAA", 3));
		assertThat(other.read(new FrameBatch())).isEqualTo(Result.UP_TO_DATE);
		FrameBatch batch = new FrameBatch();
		Logs.publish(small, "a");
		assertThat(reader.read(batch)).isEqualTo(Result.UP_TO_DATE);
		assertThat(Logs.sequences(batch)).containsExactly(4L);
	}

	@Test
	void sameMemoryIsHeldWhenTheSameEventsComeAgain() {
		long first = 0;
		for (int round = 0; round < 3; round++) {
			Logs.begin(this.log, Logs.lineage("BBBBBBB"), 0);
			assertThat(this.log.bytes()).isZero();
			for (int i = 0; i < 100; i++) {
				Logs.publish(this.log, "t" + i % 10);
			}
			first = round == 0 ? this.log.bytes() : first;
			assertThat(this.log.bytes()).isEqualTo(first);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 10 })
	void memoryIsUsedWhenThereIsEnough(int topics) {
		PartitionLog small = Logs.begun(100_000);
		for (int i = 0; i < 10_000; i++) {
			Logs.publish(small, "t" + i % topics, 100);
		}
		assertThat(small.bytes()).isBetween(99_000L, 100_000L);
	}

	@Test
	void numberOfATopicIsTheNewLogsWhenItIsAddedWhileTheLogBegins() throws InterruptedException {
		// Caught between finding out with what the log begins and being in its index.
		CountDownLatch beginning = new CountDownLatch(1);
		CountDownLatch caught = new CountDownLatch(1);
		Thread starter = new Thread(() -> {
			awaitUninterruptibly(caught);
			this.log.start(Logs.lineage("AAAAAAA"), 1000);
			this.log.publish(1000);
		});
		Subscriber slow = new Subscriber() {

			@Override
			public int hashCode() {
				if (beginning.getCount() > 0) {
					beginning.countDown();
					caught.countDown();
					await().until(() -> starter.getState() == Thread.State.WAITING
							|| starter.getState() == Thread.State.TERMINATED);
				}
				return 1;
			}

			@Override
			public boolean equals(Object other) {
				return this == other;
			}

			@Override
			public void signal() {
			}

		};
		starter.start();
		LogReader reader = LogReader.resume(this.log, List.of("a"), slow, new Position("AAAAAAA", 500));
		starter.join();
		Logs.publish(this.log, "a");
		assertThat(reader.read(new FrameBatch())).isEqualTo(Result.RESET);
	}

	@Test
	@Timeout(60)
	void positionIsOfOneLineageWhileTheLogBeginsAnewAgainAndAgain() throws InterruptedException {
		Thread writer = new Thread(() -> {
			for (int i = 0; i < 100_000 && !Thread.currentThread().isInterrupted(); i++) {
				// In each epoch only numbers that begin with its own.
				Logs.begin(this.log, Logs.lineage(i % 2 == 0 ? "EVENEVE" : "ODDODDO"), i % 2 == 0 ? 20 : 10);
				this.log.publish(this.log.end() + 1);
			}
		});
		Logs.begin(this.log, Logs.lineage("ODDODDO"), 10);
		writer.start();
		while (writer.isAlive()) {
			Position position = this.log.position();
			if (position != null) {
				assertThat(position.sequence() / 10).isEqualTo(position.epoch().equals("EVENEVE") ? 2 : 1);
			}
		}
		writer.join();
	}

	private void subscribe(String... topics) {
		for (String topic : topics) {
			LogReader.open(this.log, List.of(topic), () -> this.signals.add(topic));
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void countsWhatWasAppendedWhateverBecameOfIt() {
		Logs.begin(this.log, Logs.lineage("AAAAAAA"), 5);
		Logs.append(this.log, 6, "a");
		Logs.append(this.log, 9, "b");
		assertThat(this.log.appendedCount()).isZero();
		this.log.publish(12);
		assertThat(this.log.appendedCount()).isEqualTo(2);
		Logs.begin(this.log, Logs.lineage("BBBBBBB"), 0);
		assertThat(this.log.appendedCount()).isEqualTo(2);
	}

}
