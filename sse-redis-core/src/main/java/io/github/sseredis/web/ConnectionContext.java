package io.github.sseredis.web;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.github.sseredis.log.EventLog;

/**
 * What all connections of a registry share.
 *
 * @param log what they read
 * @param blocks what they write beside events
 * @param drainers run their drains
 * @param buffers for the drains
 * @param retries runs what has to be tried again a little later
 * @param statistics what is counted of them
 * @param ticker the time in nanoseconds, from any origin
 * @param closed called once a connection is over for the container too
 */
record ConnectionContext(EventLog log, WireBlocks blocks, Drainers drainers, DrainBuffers buffers, Retries retries,
		ConnectionStatistics statistics, LongSupplier ticker, Consumer<Connection> closed) {

	ConnectionOptions options() {
		return this.blocks.options();
	}

	Jitter jitter() {
		return this.blocks.jitter();
	}

	/** Runs tasks a little later. */
	interface Retries {

		/** Runs a task that neither blocks nor writes. */
		void schedule(Runnable task, Duration delay);

	}

}
