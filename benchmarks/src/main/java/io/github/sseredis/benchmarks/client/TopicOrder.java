package io.github.sseredis.benchmarks.client;

import java.util.List;

/**
 * What one connection has received: of each of its topics the highest number, which must
 * grow by one.
 */
final class TopicOrder {

	private final int[] topics;

	private final long[] highest;

	private long skipped;

	private long repeated;

	TopicOrder(List<Integer> topics) {
		this.topics = topics.stream().mapToInt(Integer::intValue).toArray();
		this.highest = new long[topics.size()];
	}

	/** Takes an event; whether it is of a topic of this connection. */
	boolean accept(int topic, long number) {
		for (int i = 0; i < this.topics.length; i++) {
			if (this.topics[i] == topic) {
				long expected = this.highest[i] + 1;
				if (number >= expected) {
					this.skipped += number - expected;
					this.highest[i] = number;
				}
				else {
					this.repeated++;
				}
				return true;
			}
		}
		return false;
	}

	/** Numbers that were passed over; one that came late is in {@link #repeated} too. */
	long skipped() {
		return this.skipped;
	}

	/** Events that came after one with a higher number: late, or twice. */
	long repeated() {
		return this.repeated;
	}

}
