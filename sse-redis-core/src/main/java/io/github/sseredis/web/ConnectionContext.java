package io.github.sseredis.web;

import java.util.function.BooleanSupplier;
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
 * @param waits for what nobody signals
 * @param statistics what is counted of them
 * @param ticker the time in nanoseconds, from any origin
 * @param ended called once the end of a connection was decided
 * @param closed called once a connection is over for the container too
 */
record ConnectionContext(EventLog log, WireBlocks blocks, Drainers drainers, DrainBuffers buffers, Waits waits,
		ConnectionStatistics statistics, LongSupplier ticker, Consumer<Connection> ended, Consumer<Connection> closed) {

	ConnectionOptions options() {
		return this.blocks.options();
	}

	Jitter jitter() {
		return this.blocks.jitter();
	}

	/** Waits without a thread. */
	interface Waits {

		/**
		 * Runs a task once a condition is true, on the calling thread if it is already.
		 * Neither may block.
		 */
		void whenTrue(BooleanSupplier condition, Runnable task);

	}

}
