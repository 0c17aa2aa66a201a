package io.github.sseredis.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What was ever published: of each number in each epoch the topic. Written by one thread,
 * always before the log; so a reader finds here what it has found there.
 */
final class Truth {

	/** No topic has this number. */
	static final int NOBODY = -1;

	private final Map<String, History> histories = new ConcurrentHashMap<>();

	private History current = new History(null, 0);

	/** Goes on in another epoch, of which the current one is known up to a number. */
	void begin(String epoch, long contained) {
		if (contained < this.current.end()) {
			this.current = new History(this.current, contained);
		}
		this.histories.put(epoch, this.current);
	}

	/** Goes on in another epoch that knows nothing of the current one. */
	void forget(String epoch) {
		this.current = new History(null, 0);
		this.histories.put(epoch, this.current);
	}

	long end() {
		return this.current.end();
	}

	void add(int topic) {
		this.current.add(topic);
	}

	int topicOf(long sequence) {
		return this.current.topicOf(sequence);
	}

	/** The numbers of topics after one position and up to another. */
	List<Long> between(Position from, Position to, Set<Integer> topics) {
		History history = this.histories.get(to.epoch());
		List<Long> sequences = new ArrayList<>();
		for (long sequence = from.sequence() + 1; sequence <= to.sequence(); sequence++) {
			if (topics.contains(history.topicOf(sequence))) {
				sequences.add(sequence);
			}
		}
		return sequences;
	}

	/** Whether all that a position stands for has also happened in an epoch. */
	boolean contains(String epoch, Position position) {
		History earlier = this.histories.get(position.epoch());
		for (History history = this.histories.get(epoch); history != null; history = history.parent) {
			if (history == earlier) {
				return true;
			}
			if (position.sequence() > history.begin) {
				return false;
			}
		}
		return false;
	}

	private static final class History {

		private final @Nullable History parent;

		private final long begin;

		private volatile int[] topics = new int[1024];

		private volatile int size;

		History(@Nullable History parent, long begin) {
			this.parent = parent;
			this.begin = begin;
		}

		long end() {
			return this.begin + this.size;
		}

		void add(int topic) {
			if (this.size == this.topics.length) {
				this.topics = java.util.Arrays.copyOf(this.topics, this.size * 2);
			}
			this.topics[this.size] = topic;
			this.size = this.size + 1;
		}

		int topicOf(long sequence) {
			History history = this;
			while (sequence <= history.begin) {
				history = history.parent;
			}
			return history.topics[(int) (sequence - history.begin - 1)];
		}

	}

}
