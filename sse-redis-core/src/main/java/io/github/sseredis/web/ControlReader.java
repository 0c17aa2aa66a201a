package io.github.sseredis.web;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.sseredis.ControlOrder;
import io.github.sseredis.TopicName;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.FrameBatch;
import io.github.sseredis.log.LogReader;
import io.github.sseredis.log.LogReader.Result;
import io.github.sseredis.log.Subscriber;

/**
 * Reads the orders that instances give each other: a cursor on the log like a connection,
 * so that an order is missed only where an event would be, and then that is known.
 */
final class ControlReader implements Subscriber {

	/** What becomes of the orders. */
	interface Orders {

		/** Ends the connections of a principal. */
		void disconnect(String principal);

		/** Ends the connections of every principal: an order may have been missed. */
		void disconnectAll();

	}

	private final Executor executor;

	private final Orders orders;

	private final LogReader reader;

	/** Signals since the last read: the first has it read, by one thread at a time. */
	private final AtomicInteger signals = new AtomicInteger();

	// Touched by the executor's thread only.
	private final FrameBatch batch = new FrameBatch();

	ControlReader(EventLog log, Executor executor, Orders orders) {
		this.executor = executor;
		this.orders = orders;
		this.reader = LogReader.oldest(log.partitionOf(TopicName.CONTROL), List.of(TopicName.CONTROL), this);
	}

	@Override
	public void signal() {
		if (this.signals.getAndIncrement() == 0) {
			this.executor.execute(this::read);
		}
	}

	private void read() {
		this.signals.set(0);
		Result result;
		do {
			this.batch.clear();
			result = this.reader.read(this.batch);
			for (int i = 0; i < this.batch.size(); i++) {
				ControlOrder.parse(this.batch.frame(i)).ifPresent((order) -> this.orders.disconnect(order.principal()));
			}
			if (result == Result.RESET && this.reader.acceptReset() != null) {
				this.orders.disconnectAll();
				result = Result.MORE;
			}
		}
		while (result == Result.MORE);
	}

}
