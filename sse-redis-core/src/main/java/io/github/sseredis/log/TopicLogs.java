package io.github.sseredis.log;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The logs of the topics that one reader reads, as one: in the order of their numbers.
 * Read by the reading thread, left by anyone.
 */
final class TopicLogs {

	private final PartitionLog log;

	private final Subscriber subscriber;

	private final TopicLog[] topics;

	/** Indexes of the entries to merge next, one a topic; null with a single topic. */
	private final long @Nullable [] merging;

	private TopicLogs(PartitionLog log, List<String> names, Subscriber subscriber) {
		this.log = log;
		this.subscriber = subscriber;
		this.topics = names.stream()
			.distinct()
			.map((topic) -> log.subscribe(topic, subscriber))
			.toArray(TopicLog[]::new);
		this.merging = this.topics.length > 1 ? new long[this.topics.length] : null;
	}

	static TopicLogs subscribe(PartitionLog log, List<String> names, Subscriber subscriber) {
		return new TopicLogs(log, names, subscriber);
	}

	void unsubscribe() {
		for (TopicLog topic : this.topics) {
			this.log.unsubscribe(topic.topic(), this.subscriber);
		}
	}

	List<String> names() {
		return Arrays.stream(this.topics).map(TopicLog::topic).toList();
	}

	/** Asks a history for what these logs no longer have after a number. */
	Replay replay(History history, long after) {
		return Replay.begin(history, this.topics, after, this.subscriber);
	}

	/**
	 * Whether an event after a number may be missing. Counts for what was collected
	 * before the call.
	 */
	boolean isIncompleteAfter(long sequence) {
		for (TopicLog topic : this.topics) {
			if (topic.isIncompleteAfter(sequence)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Collects what lies between two numbers.
	 * @return whether that was all; false if the batch is full
	 */
	boolean collect(long after, long upTo, FrameBatch batch) {
		return this.merging == null ? collectOne(this.topics[0], after, upTo, batch)
				: collectMerged(this.merging, after, upTo, batch);
	}

	private static boolean collectOne(TopicLog topic, long after, long upTo, FrameBatch batch) {
		long index = topic.indexAfter(after);
		LogEntry entry = topic.at(index);
		while (entry != null && entry.sequence() <= upTo) {
			if (batch.isFull()) {
				return false;
			}
			batch.add(entry);
			entry = topic.at(++index);
		}
		return true;
	}

	private boolean collectMerged(long[] indexes, long after, long upTo, FrameBatch batch) {
		for (int i = 0; i < indexes.length; i++) {
			indexes[i] = this.topics[i].indexAfter(after);
		}
		while (true) {
			LogEntry lowest = null;
			int from = 0;
			for (int i = 0; i < indexes.length; i++) {
				LogEntry entry = this.topics[i].at(indexes[i]);
				if (entry != null && (lowest == null || entry.sequence() < lowest.sequence())) {
					lowest = entry;
					from = i;
				}
			}
			if (lowest == null || lowest.sequence() > upTo) {
				return true;
			}
			if (batch.isFull()) {
				return false;
			}
			batch.add(lowest);
			indexes[from]++;
		}
	}

}
