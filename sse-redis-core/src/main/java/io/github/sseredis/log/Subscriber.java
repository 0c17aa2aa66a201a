package io.github.sseredis.log;

/** Who wants to know that there is something to read. */
@FunctionalInterface
public interface Subscriber {

	/**
	 * Called after events of a topic have been appended, or the log has begun anew, by
	 * the thread that appends: must neither block nor throw.
	 */
	void signal();

}
