package io.github.sseredis.web;

import java.util.concurrent.Executor;

/**
 * The threads that write. A drain may be stuck in its write until it is aborted, and must
 * not keep other drains waiting for that.
 */
interface Drainers extends Executor, AutoCloseable {

	/** The first version of Java whose virtual threads leave a monitor they wait in. */
	int JAVA_WITH_USABLE_VIRTUAL_THREADS = 24;

	/**
	 * Returns what suits the version of Java that runs. Below 24 a virtual thread that is
	 * stuck in a container's blocking write keeps its carrier.
	 */
	static Drainers create() {
		return Runtime.version().feature() >= JAVA_WITH_USABLE_VIRTUAL_THREADS ? new VirtualDrainers()
				: new PooledDrainers();
	}

	/** Runs the drain that opens a stream, in turns with those that were due before. */
	void executeOpening(Runnable drain);

	/**
	 * Makes up for threads that are stuck.
	 * @param stuck how many are
	 * @return how many of them have to be freed, since drains wait and there can be no
	 * more threads
	 */
	int compensate(int stuck);

	/** Whether drains wait for a thread. */
	boolean isBusy();

	@Override
	void close();

}
