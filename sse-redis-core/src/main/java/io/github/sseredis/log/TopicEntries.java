package io.github.sseredis.log;

import org.jspecify.annotations.Nullable;

/**
 * What the log has of a reader's topics, merged in order. Used by one thread at a time;
 * what is dropped meanwhile is for the reader to notice.
 */
final class TopicEntries {

	private final TopicLog[] topics;

	/** Indexes of the entries to merge next, one a topic; null with a single topic. */
	private final long @Nullable [] merging;

	TopicEntries(TopicLog[] topics) {
		this.topics = topics;
		this.merging = topics.length > 1 ? new long[topics.length] : null;
	}

	/** Whether the log may no longer have an event after a number. */
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
