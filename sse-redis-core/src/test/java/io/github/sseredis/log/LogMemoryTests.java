package io.github.sseredis.log;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

import io.github.sseredis.EventFrame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the log says that it takes, against what it takes. */
class LogMemoryTests {

	private static final long MEMORY = 16 * 1024 * 1024;

	private final MemoryMXBean heap = ManagementFactory.getMemoryMXBean();

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "an event a topic, 1000000, 20, 100000", "tiny events of one topic, 1, 0, 300000",
			"few events a topic, 30000, 0, 300000", "common events, 1000, 300, 100000",
			"great events, 10, 262144, 300" })
	void memoryIsWithinTheLimitAndNotUnderestimated(String name, int topics, int size, int events) {
		EventLog log = new EventLog(1, MEMORY);
		PartitionLog partition = log.partitions().get(0);
		Logs.begin(partition, Logs.lineage("AAAAAAA"), 0);
		long before = used();
		String data = "x".repeat(size);
		for (int i = 1; i <= events; i++) {
			partition.append(i, "user:" + (i * 31L % topics), EventFrame.encode(null, data));
			partition.publish(i);
		}
		assertThat(log.bytes()).isBetween(MEMORY * 9 / 10, MEMORY);
		long real = used() - before;
		assertThat(real).isLessThan(log.bytes() * 12 / 10).isGreaterThan(log.bytes() * 6 / 10);
		// What was dropped has gone; only the index of topics keeps its width.
		partition.append(events + 1, "user:0", new byte[(int) MEMORY]);
		partition.publish(events + 1);
		assertThat(log.bytes()).isZero();
		assertThat(used() - before).isLessThan(MEMORY / 4);
	}

	private long used() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 2; i++) {
			this.heap.gc();
			least = Math.min(least, this.heap.getHeapMemoryUsage().getUsed());
		}
		return least;
	}

}
