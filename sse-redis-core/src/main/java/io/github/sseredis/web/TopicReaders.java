package io.github.sseredis.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.github.sseredis.EventFrame;
import io.github.sseredis.EventId;
import io.github.sseredis.ResetReason;
import io.github.sseredis.log.Cursor;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.LogReader;
import io.github.sseredis.log.PartitionLog;
import io.github.sseredis.log.Position;
import io.github.sseredis.log.Subscriber;
import org.jspecify.annotations.Nullable;

/**
 * The readers of one connection, one for each partition that one of its topics belongs
 * to, in the order of the partitions. Read by one thread at a time.
 */
final class TopicReaders {

	private final int partitions;

	private final List<LogReader> readers;

	private TopicReaders(int partitions, List<LogReader> readers) {
		this.partitions = partitions;
		this.readers = List.copyOf(readers);
	}

	/**
	 * Opens readers of what comes after an ID, as a client sent it; without one, of what
	 * comes.
	 */
	static TopicReaders open(EventLog log, List<String> topics, @Nullable String lastEventId, Subscriber subscriber) {
		int partitions = log.partitions().size();
		Map<Integer, List<String>> byPartition = new TreeMap<>();
		for (String topic : topics) {
			byPartition.computeIfAbsent(log.partitionOf(topic).partition(), (number) -> new ArrayList<>()).add(topic);
		}
		Optional<Cursor> cursor = lastEventId != null ? Cursor.parse(lastEventId, partitions) : Optional.empty();
		List<LogReader> readers = new ArrayList<>();
		byPartition.forEach((number, names) -> {
			PartitionLog partition = log.partitions().get(number);
			readers.add(lastEventId == null ? LogReader.open(partition, names, subscriber)
					: resume(partition, names, subscriber, cursor, EventId.NONE.toString().equals(lastEventId)));
		});
		return new TopicReaders(partitions, readers);
	}

	private static LogReader resume(PartitionLog partition, List<String> topics, Subscriber subscriber,
			Optional<Cursor> cursor, boolean none) {
		Position position = cursor.map((known) -> known.position(partition.partition())).orElse(null);
		if (position != null) {
			return LogReader.resume(partition, topics, subscriber, position);
		}
		// A cursor that does not involve the partition proves nothing about it.
		return LogReader.reset(partition, topics, subscriber,
				cursor.isPresent() || none ? ResetReason.UNKNOWN_EPOCH : ResetReason.MALFORMED);
	}

	List<LogReader> all() {
		return this.readers;
	}

	/** Whether all readers go on from where they are, without a reset. */
	boolean arePlaced() {
		return this.readers.stream().allMatch(LogReader::isPlaced);
	}

	/** Whether any reader has asked history for what the log did not have. */
	boolean haveReadHistory() {
		return this.readers.stream().anyMatch(LogReader::hasReadHistory);
	}

	/** The ID after which reading goes on; null while there is none. */
	@Nullable EventId lastEventId() {
		@Nullable Position[] positions = positions();
		for (Position position : positions) {
			if (position != null) {
				return Cursor.of(positions).toEventId();
			}
		}
		return null;
	}

	/** Returns the frame of an event as this connection is to receive it. */
	byte[] frame(LogReader reader, long sequence, byte[] frame) {
		if (this.partitions == 1) {
			return frame;
		}
		@Nullable Position[] positions = positions();
		Position end = positions[reader.partition()];
		if (end != null) {
			positions[reader.partition()] = new Position(end.epoch(), sequence);
		}
		return EventFrame.withId(frame, Cursor.of(positions).toString());
	}

	long lag() {
		return this.readers.stream().mapToLong(LogReader::lag).sum();
	}

	void close() {
		this.readers.forEach(LogReader::close);
	}

	private @Nullable Position[] positions() {
		@Nullable Position[] positions = new @Nullable Position[this.partitions];
		for (LogReader reader : this.readers) {
			positions[reader.partition()] = reader.position();
		}
		return positions;
	}

}
