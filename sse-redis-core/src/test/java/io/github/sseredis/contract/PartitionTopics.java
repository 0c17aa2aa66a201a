package io.github.sseredis.contract;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.sseredis.log.TopicPartitions;

/** Names topics by the partition that they belong to. */
final class PartitionTopics {

	private PartitionTopics() {
	}

	/** Returns names without end, all beginning alike and all of one partition. */
	static Stream<String> of(int partitions, int partition, String name) {
		TopicPartitions topicPartitions = new TopicPartitions(partitions);
		return IntStream.iterate(0, (i) -> i + 1)
			.mapToObj((i) -> name + i)
			.filter((topic) -> topicPartitions.of(topic) == partition);
	}

	/** Returns a topic for each partition. */
	static String[] oneEach(int partitions) {
		return IntStream.range(0, partitions)
			.mapToObj((partition) -> of(partitions, partition, "t").findFirst().orElseThrow())
			.toArray(String[]::new);
	}

}
