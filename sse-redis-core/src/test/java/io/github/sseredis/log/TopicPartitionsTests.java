package io.github.sseredis.log;

import java.util.List;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TopicPartitionsTests {

	// What CLUSTER KEYSLOT answers is the CRC16 modulo 16384, so the same modulo 8.
	@ParameterizedTest
	@CsvSource({ "foo, 12182", "bar, 5061", "hello, 866", "123456789, 12739" })
	void topicBelongsToThePartitionThatItsCrc16Says(String topic, int slot) {
		for (int count : new int[] { 1, 2, 4, 8 }) {
			assertThat(new TopicPartitions(count).of(topic)).isEqualTo(slot % count);
		}
	}

	@Test
	void partitionIsModuloTheWholeCrc16() {
		// 0x31C3, the check value of CRC-16/XMODEM.
		assertThat(new TopicPartitions(3).of("123456789")).isEqualTo(0x31C3 % 3);
		assertThat(new TopicPartitions(7).of("123456789")).isEqualTo(0x31C3 % 7);
	}

	@Property(tries = 300)
	void partitionIsOneOfThem(@ForAll @IntRange(min = 1, max = 8) int count, @ForAll String topic) {
		assertThat(new TopicPartitions(count).of(topic)).isBetween(0, count - 1);
	}

	@Test
	void topicsAreSpreadOverAllPartitions() {
		TopicPartitions partitions = new TopicPartitions(8);
		List<Integer> counts = IntStream.range(0, 8)
			.mapToObj((partition) -> (int) IntStream.range(0, 8000)
				.filter((i) -> partitions.of("user:" + i) == partition)
				.count())
			.toList();
		assertThat(counts).allSatisfy((count) -> assertThat(count).isBetween(800, 1200));
	}

	@Test
	void ownTopicsBelongToTheFirstPartition() {
		assertThat(new TopicPartitions(8).of("$control")).isZero();
		assertThat(new TopicPartitions(8).of("$foo")).isZero();
	}

	@Test
	void thereAreOneToEightPartitions() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TopicPartitions(0)).withMessageContaining("got 0");
		assertThatIllegalArgumentException().isThrownBy(() -> new TopicPartitions(9)).withMessageContaining("got 9");
	}

}
