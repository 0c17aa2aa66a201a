package io.github.sseredis.log;

import java.util.function.Consumer;

/**
 * Where the events of a partition are kept longer than in its log. Thread-safe.
 */
@FunctionalInterface
public interface History {

	/** Keeps nothing: what the log has dropped is gone. */
	History NONE = (topic, after, answer) -> answer.accept(HistoryPage.unproven(""));

	/**
	 * Reads what a topic has after a sequence number. Does not block; the answer comes
	 * once, on another thread or on this one, however long it takes.
	 * @param topic the topic
	 * @param after the number
	 * @param answer must neither block nor throw
	 */
	void read(String topic, long after, Consumer<HistoryPage> answer);

}
