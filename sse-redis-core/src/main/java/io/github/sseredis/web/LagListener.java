package io.github.sseredis.web;

/** Is told how old events were when they had been written. */
@FunctionalInterface
public interface LagListener {

	/**
	 * Called once for a drain that wrote events a client was waiting for, by the thread
	 * that wrote: must be thread-safe, fast, and throw nothing.
	 * @param nanos from the publication of the oldest of them to the end of the write
	 */
	void written(long nanos);

}
