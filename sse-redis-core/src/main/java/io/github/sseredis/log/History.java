package io.github.sseredis.log;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Where the events of a partition are kept longer than in its log. Thread-safe. Neither
 * method blocks; the answer comes once, on another thread or on this one, however long it
 * takes, and must neither block nor throw.
 */
public interface History {

	/** Keeps nothing: what the log has dropped is gone, and nobody knows more. */
	History NONE = new History() {

		@Override
		public void read(String topic, long after, Consumer<HistoryPage> answer) {
			answer.accept(HistoryPage.unproven(""));
		}

		@Override
		public void locate(Consumer<@Nullable Position> answer) {
			answer.accept(null);
		}

	};

	/**
	 * Reads what a topic has after a sequence number.
	 * @param topic the topic
	 * @param after the number
	 * @param answer takes what was found
	 */
	void read(String topic, long after, Consumer<HistoryPage> answer);

	/**
	 * Tells where the numbers of the partition end now, which may be beyond its log, and
	 * in another epoch.
	 * @param answer takes the position; null if it is the log's
	 */
	void locate(Consumer<@Nullable Position> answer);

}
