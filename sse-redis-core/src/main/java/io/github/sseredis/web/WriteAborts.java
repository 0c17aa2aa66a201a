package io.github.sseredis.web;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.sseredis.web.BlockedWrite.Abortion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that frees drainers from their writes: one for any number of them, since
 * none is waited for. It lives from the first that is stuck until the end.
 */
final class WriteAborts implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(WriteAborts.class);

	private final ConnectionStatistics statistics;

	private final BlockingQueue<BlockedWrite> asked = new LinkedBlockingQueue<>();

	private @Nullable Thread thread;

	private boolean closed;

	WriteAborts(ConnectionStatistics statistics) {
		this.statistics = statistics;
	}

	/** Has a write ended, soon; does nothing if that has been asked already. */
	synchronized void abort(BlockedWrite write) {
		if (this.closed) {
			return;
		}
		this.asked.add(write);
		if (this.thread == null) {
			Thread started = new Thread(this, "sse-aborter");
			started.setDaemon(true);
			started.start();
			this.thread = started;
		}
	}

	synchronized void close() {
		this.closed = true;
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

	@Override
	public void run() {
		List<Abortion> abortions = new ArrayList<>();
		try {
			while (!Thread.currentThread().isInterrupted()) {
				BlockedWrite write = abortions.isEmpty() ? this.asked.take() : this.asked.poll();
				while (write != null) {
					Abortion abortion = write.startAbortion();
					if (abortion != null) {
						abortions.add(abortion);
						this.statistics.writeAborted();
					}
					write = this.asked.poll();
				}
				Abortion.proceed(abortions);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			logger.error("Stuck writes are no longer ended", ex);
		}
	}

}
