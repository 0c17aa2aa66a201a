package io.github.sseredis.log;

import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.EventId;
import org.jspecify.annotations.Nullable;

/**
 * The event log of an instance: one {@link PartitionLog} for each ordering domain, of
 * which every topic belongs to one. Thread-safe as they are.
 */
public final class EventLog {

	private final TopicPartitions topicPartitions;

	private final List<PartitionLog> partitions;

	/**
	 * Creates a log without a position.
	 * @param partitions 1 to 8
	 * @param memory the memory for events, in bytes
	 */
	public EventLog(int partitions, long memory) {
		this.topicPartitions = new TopicPartitions(partitions);
		List<PartitionLog> logs = new ArrayList<>();
		for (int i = 0; i < partitions; i++) {
			logs.add(new PartitionLog(i, partitions, memory / partitions));
		}
		this.partitions = List.copyOf(logs);
	}

	/** The partitions, by number. */
	public List<PartitionLog> partitions() {
		return this.partitions;
	}

	/** The partition that a topic belongs to. */
	public PartitionLog partitionOf(String topic) {
		return this.partitions.get(this.topicPartitions.of(topic));
	}

	/** The number of subscribers of a topic. */
	public int subscriberCount(String topic) {
		return partitionOf(topic).subscriberCount(topic);
	}

	/** The memory that the events take, in bytes. */
	public long bytes() {
		return this.partitions.stream().mapToLong(PartitionLog::bytes).sum();
	}

	/** The ID of the newest event; {@link EventId#NONE} while any position is unknown. */
	public EventId lastEventId() {
		@Nullable Position[] positions = new @Nullable Position[this.partitions.size()];
		for (PartitionLog partition : this.partitions) {
			Position position = partition.position();
			if (position == null) {
				return EventId.NONE;
			}
			positions[partition.partition()] = position;
		}
		return Cursor.of(positions).toEventId();
	}

}
