package io.github.sseredis.log;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Pages of history that stand in for what the log has dropped of some of a reader's
 * topics. Asked for when the reader finds itself outside the log; read through like the
 * log, up to where the pages reach; given up when the log can go on.
 *
 * <p>
 * The answers come on other threads, which put each into its place, then signal the
 * reader; everything else is touched by the reading thread only.
 */
final class Replay {

	private final TopicLog[] topics;

	/** For each topic its page; null where it was not asked for or has not come. */
	private final AtomicReferenceArray<@Nullable HistoryPage> pages;

	/** The topics whose pages were asked for. */
	private final boolean[] asked;

	private Replay(TopicLog[] topics) {
		this.topics = topics;
		this.pages = new AtomicReferenceArray<>(topics.length);
		this.asked = new boolean[topics.length];
	}

	/** Asks for everything after a number that the log no longer has. */
	static Replay begin(History history, TopicLog[] topics, long after, Subscriber reader) {
		Replay replay = new Replay(topics);
		for (int i = 0; i < topics.length; i++) {
			if (topics[i].isIncompleteAfter(after)) {
				replay.ask(history, i, after, reader);
			}
		}
		return replay;
	}

	private void ask(History history, int topic, long after, Subscriber reader) {
		this.asked[topic] = true;
		history.read(this.topics[topic].topic(), after, (page) -> {
			this.pages.set(topic, page);
			reader.signal();
		});
	}

	/** Whether all answers have come. */
	boolean isAnswered() {
		for (int i = 0; i < this.asked.length; i++) {
			if (this.asked[i] && this.pages.get(i) == null) {
				return false;
			}
		}
		return true;
	}

	/** Whether all answers prove what there is. */
	boolean isProven() {
		for (int i = 0; i < this.asked.length; i++) {
			HistoryPage page = this.pages.get(i);
			if (page != null && !page.isProven()) {
				return false;
			}
		}
		return true;
	}

	/** Whether all answers are of an epoch. */
	boolean isOf(String epoch) {
		for (int i = 0; i < this.asked.length; i++) {
			HistoryPage page = this.pages.get(i);
			if (page != null && !page.isOf(epoch)) {
				return false;
			}
		}
		return true;
	}

	/** Whether what the pages do not have is in the log. */
	boolean isCompleteAfter(long sequence) {
		for (int i = 0; i < this.topics.length; i++) {
			if (!this.asked[i] && this.topics[i].isIncompleteAfter(sequence)) {
				return false;
			}
		}
		return true;
	}

	/** The number up to which the pages reach, but not beyond the log. */
	long reach(long end) {
		long reach = end;
		for (int i = 0; i < this.asked.length; i++) {
			HistoryPage page = this.pages.get(i);
			if (page != null) {
				reach = Math.min(reach, page.upTo());
			}
		}
		return reach;
	}

	/**
	 * Collects what lies between two numbers, from pages and log, in order.
	 * @return whether that was all; false if the batch is full
	 */
	boolean collect(long after, long upTo, FrameBatch batch) {
		long[] next = new long[this.topics.length];
		for (int i = 0; i < next.length; i++) {
			HistoryPage page = this.pages.get(i);
			next[i] = page != null ? page.indexAfter(after) : this.topics[i].indexAfter(after);
		}
		while (true) {
			int lowest = -1;
			long number = Long.MAX_VALUE;
			for (int i = 0; i < next.length; i++) {
				long candidate = sequence(i, next[i]);
				if (candidate < number) {
					number = candidate;
					lowest = i;
				}
			}
			if (lowest < 0 || number > upTo) {
				return true;
			}
			if (batch.isFull()) {
				return false;
			}
			add(lowest, next[lowest]++, batch);
		}
	}

	private long sequence(int topic, long index) {
		HistoryPage page = this.pages.get(topic);
		if (page != null) {
			return index < page.events().size() ? page.events().get((int) index).sequence() : Long.MAX_VALUE;
		}
		LogEntry entry = this.topics[topic].at(index);
		return entry != null ? entry.sequence() : Long.MAX_VALUE;
	}

	private void add(int topic, long index, FrameBatch batch) {
		HistoryPage page = this.pages.get(topic);
		if (page != null) {
			HistoryPage.Event event = page.events().get((int) index);
			batch.add(event.sequence(), event.frame());
			return;
		}
		LogEntry entry = this.topics[topic].at(index);
		if (entry != null) {
			// Dropped in between: the reader sees that when it checks.
			batch.add(entry.sequence(), entry.frame());
		}
	}

}
