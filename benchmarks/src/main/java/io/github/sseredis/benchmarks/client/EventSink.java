package io.github.sseredis.benchmarks.client;

/** Receives what an {@link EventParser} finds. */
interface EventSink {

	/**
	 * An event of the benchmark.
	 * @param topic the number of its topic
	 * @param number its number within the topic, from 1
	 * @param due when it was due to be published, by {@link System#nanoTime}
	 */
	void event(int topic, long number, long due);

	/** An event that says that others may be missing. */
	void reset();

	/** Something that no server in the benchmark sends. */
	void malformed();

}
