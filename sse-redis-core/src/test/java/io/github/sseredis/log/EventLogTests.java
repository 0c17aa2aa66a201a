package io.github.sseredis.log;

import java.util.List;

import io.github.sseredis.EventId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EventLogTests {

	@Test
	void everyTopicBelongsToOneOfItsPartitions() {
		EventLog log = new EventLog(8, Logs.MUCH);
		assertThat(log.partitions()).hasSize(8);
		for (int i = 0; i < 8; i++) {
			assertThat(log.partitions().get(i).partition()).isEqualTo(i);
		}
		assertThat(log.partitionOf("bar")).isSameAs(log.partitions().get(5061 % 8));
		assertThat(log.partitionOf("$control")).isSameAs(log.partitions().get(0));
	}

	@Test
	void lastEventIdIsNoneWhileAnyPositionIsUnknown() {
		EventLog log = new EventLog(2, Logs.MUCH);
		assertThat(log.lastEventId()).isEqualTo(EventId.NONE);
		Logs.begin(log.partitions().get(1), Logs.lineage("BBBBBBB"), 1);
		assertThat(log.lastEventId()).isEqualTo(EventId.NONE);
		Logs.begin(log.partitions().get(0), Logs.lineage("AAAAAAA"), 0);
		assertThat(log.lastEventId()).hasToString("2AAAAAAA0.BBBBBBB1");
		log.partitions().get(0).start(Logs.lineage("CCCCCCC"), 0);
		assertThat(log.lastEventId()).isEqualTo(EventId.NONE);
	}

	@Test
	void memoryIsDividedAmongThePartitions() {
		EventLog log = new EventLog(4, 40_000);
		for (PartitionLog partition : log.partitions()) {
			Logs.begin(partition, Logs.lineage("AAAAAAA"), 0);
			for (int i = 0; i < 1000; i++) {
				Logs.publish(partition, "a", 100);
			}
			assertThat(partition.bytes()).isBetween(9_000L, 10_000L);
		}
		assertThat(log.bytes()).isBetween(36_000L, 40_000L);
	}

	@Test
	void subscribersAreCountedWhereTheTopicIs() {
		EventLog log = new EventLog(8, Logs.MUCH);
		LogReader.open(log.partitionOf("bar"), List.of("bar"), Logs.nobody());
		assertThat(log.subscriberCount("bar")).isOne();
		assertThat(log.subscriberCount("foo")).isZero();
		assertThat(log.subscriberCount("")).isZero();
	}

	@Test
	void isNotMadeWithAnyNumberOfPartitions() {
		assertThatIllegalArgumentException().isThrownBy(() -> new EventLog(0, Logs.MUCH));
		assertThatIllegalArgumentException().isThrownBy(() -> new EventLog(9, Logs.MUCH));
	}

}
