package io.github.sseredis.benchmarks.scenario;

import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.benchmarks.client.StalledSocket;

/**
 * Looks at the sockets of stalled readers once a second until it is closed. The kernel
 * takes ten milliseconds of a processor for its tables, so not oftener.
 */
final class StallWatch implements AutoCloseable {

	private final FillLog log = new FillLog(System.nanoTime());

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

	private StallWatch() {
	}

	static StallWatch start(Set<StalledSocket> sockets) {
		StallWatch watch = new StallWatch();
		watch.executor.scheduleAtFixedRate(() -> watch.log.look(System.nanoTime(), StalledSocket.heldBytes(sockets)), 0,
				1, TimeUnit.SECONDS);
		return watch;
	}

	/** What it saw; complete once it is closed. */
	FillLog log() {
		return this.log;
	}

	@Override
	public void close() {
		this.executor.shutdown();
		try {
			this.executor.awaitTermination(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
