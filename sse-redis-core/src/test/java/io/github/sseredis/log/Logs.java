package io.github.sseredis.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.sseredis.EventFrame;

import org.springframework.test.util.ReflectionTestUtils;

/** What the tests of the log do again and again. */
final class Logs {

	/** More than any test needs. */
	static final long MUCH = 1 << 24;

	private Logs() {
	}

	/** Returns a subscriber like no other who does nothing. */
	static Subscriber nobody() {
		return new Subscriber() {

			@Override
			public void signal() {
			}

		};
	}

	/** Returns a log of one partition that has begun, at zero, in the epoch AAAAAAA. */
	static PartitionLog begun(long memory) {
		PartitionLog log = new PartitionLog(0, 1, memory);
		begin(log, lineage("AAAAAAA"), 0);
		return log;
	}

	static void begin(PartitionLog log, Lineage lineage, long sequence) {
		log.start(lineage, sequence);
		log.publish(sequence);
	}

	static Lineage lineage(String epoch, Position... contained) {
		return new Lineage(epoch, List.of(contained));
	}

	/** Publishes an event whose data is its sequence number. */
	static long publish(PartitionLog log, String topic) {
		long sequence = log.end() + 1;
		append(log, sequence, topic);
		log.publish(sequence);
		return sequence;
	}

	static void append(PartitionLog log, long sequence, String topic) {
		log.append(sequence, topic, EventFrame.encode(null, topic + " " + sequence));
	}

	/** Publishes an event of a size to a topic. */
	static long publish(PartitionLog log, String topic, int size) {
		long sequence = log.end() + 1;
		log.append(sequence, topic, new byte[size]);
		log.publish(sequence);
		return sequence;
	}

	static List<Long> sequences(FrameBatch batch) {
		List<Long> sequences = new ArrayList<>();
		for (int i = 0; i < batch.size(); i++) {
			sequences.add(batch.sequence(i));
		}
		return sequences;
	}

	static String frame(FrameBatch batch, int index) {
		return new String(batch.frame(index), StandardCharsets.UTF_8);
	}

	/** The index of topics. */
	static Map<String, TopicLog> topics(PartitionLog log) {
		@SuppressWarnings("unchecked")
		Map<String, TopicLog> topics = (Map<String, TopicLog>) ReflectionTestUtils.getField(log, "topics");
		return topics;
	}

}
