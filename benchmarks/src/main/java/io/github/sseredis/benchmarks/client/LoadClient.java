package io.github.sseredis.benchmarks.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Thousands of streams on one thread, each checked for order and completeness by the
 * numbers in its events. It allocates nothing for an event, so that measuring does not
 * take the processors from what is measured; {@link #cpuTime} says how far that holds.
 */
public final class LoadClient implements AutoCloseable {

	private static final Duration OPEN_TIMEOUT = Duration.ofMinutes(2);

	private final LoadLoop loop;

	private final Thread thread;

	private int opened;

	private LoadClient(LoadLoop loop) {
		this.loop = loop;
		this.thread = new Thread(loop, "load-client");
		this.thread.setDaemon(true);
	}

	public static LoadClient start() {
		try {
			LoadClient client = new LoadClient(new LoadLoop());
			client.thread.start();
			return client;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Opens connections and waits until all have been answered with 200. */
	public void open(List<StreamTarget> targets) {
		this.loop.call(() -> {
			this.loop.addReading(targets);
			return true;
		});
		awaitOpen(targets.size());
	}

	/**
	 * Opens connections that read nothing after their headers, with the smallest receive
	 * buffers that the system allows, and waits until all have been answered with 200.
	 * @return their sockets
	 */
	public Set<StalledSocket> openStalled(List<StreamTarget> targets) {
		this.loop.call(() -> {
			this.loop.addStalled(targets);
			return true;
		});
		awaitOpen(targets.size());
		return this.loop.call(this.loop::stalledSockets);
	}

	private void awaitOpen(int added) {
		this.opened += added;
		await(() -> this.loop.openings() >= this.opened, OPEN_TIMEOUT, "of " + this.opened + " connections to open");
	}

	/** Lets every connection that ends go on at a server, at once, where it was. */
	public void failover(InetSocketAddress address) {
		this.loop.call(() -> {
			this.loop.failover(address);
			return true;
		});
	}

	/** Begins a measurement. */
	public void begin() {
		this.loop.call(() -> {
			this.loop.begin();
			return true;
		});
	}

	public Measurement measure() {
		return this.loop.call(this.loop::measure);
	}

	/** Events since the measurement began. */
	public long events() {
		return this.loop.events();
	}

	/** Connections that have caught up after a reconnect, since the measurement began. */
	public long caughtUp() {
		return this.loop.caughtUp();
	}

	/**
	 * Waits for events.
	 * @param count how many since the measurement began
	 * @param patience how long to wait without any
	 * @return whether there were so many
	 */
	public boolean awaitEvents(long count, Duration patience) {
		long last = -1;
		long since = System.nanoTime();
		while (events() < count) {
			long now = System.nanoTime();
			if (events() != last) {
				last = events();
				since = now;
			}
			else if (now - since > patience.toNanos()) {
				return false;
			}
			pause();
		}
		return true;
	}

	/** Waits for a condition. */
	public void await(BooleanSupplier condition, Duration timeout, String what) {
		long begin = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - begin > timeout.toNanos()) {
				throw new IllegalStateException(
						"Waited " + timeout + " " + what + ": " + this.loop.openings() + " opened");
			}
			pause();
		}
	}

	/** The processor time that the client's thread has used. */
	public Duration cpuTime() {
		return this.loop.call(() -> Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()));
	}

	@Override
	public void close() {
		this.loop.close();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(2);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
