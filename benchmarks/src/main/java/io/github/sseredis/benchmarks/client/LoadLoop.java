package io.github.sseredis.benchmarks.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** The thread of a {@link LoadClient}: opens and reads connections. */
final class LoadLoop implements Runnable {

	/** So that no accept queue overflows, which costs a second for each one in it. */
	private static final int OPENING_AT_ONCE = 64;

	private final Selector selector;

	private final Queue<FutureTask<?>> tasks = new ConcurrentLinkedQueue<>();

	// Of the loop's thread.

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

	private final List<LoadConnection> connections = new ArrayList<>();

	private final Queue<LoadConnection> waiting = new ArrayDeque<>();

	private final Tally tally = new Tally();

	private int opening;

	private @Nullable InetSocketAddress failover;

	// Written by the loop's thread, read by others.

	private volatile long events;

	private volatile int openings;

	private volatile long caughtUp;

	// Written by others.

	private volatile boolean closed;

	LoadLoop() throws IOException {
		this.selector = Selector.open();
	}

	@Override
	public void run() {
		try (Selector selector = this.selector) {
			while (!this.closed) {
				selector.select((key) -> ((LoadConnection) key.attachment()).ready(this.buffer));
				for (FutureTask<?> task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
					task.run();
				}
				while (this.opening < OPENING_AT_ONCE && !this.waiting.isEmpty()) {
					this.opening++;
					this.waiting.remove().connect(selector);
				}
				this.events = this.tally.events();
				this.caughtUp = this.tally.caughtUp();
			}
			this.connections.forEach(LoadConnection::close);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Called by others.

	<T extends @Nullable Object> T call(Callable<T> task) {
		FutureTask<T> future = new FutureTask<>(task);
		this.tasks.add(future);
		this.selector.wakeup();
		try {
			return future.get(1, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	long events() {
		return this.events;
	}

	int openings() {
		return this.openings;
	}

	long caughtUp() {
		return this.caughtUp;
	}

	void close() {
		this.closed = true;
		this.selector.wakeup();
	}

	// Called by the loop's thread.

	void addReading(List<StreamTarget> targets) {
		targets.forEach((target) -> add(LoadConnection.reading(this, this.tally, target)));
	}

	void addStalled(List<StreamTarget> targets) {
		targets.forEach((target) -> add(LoadConnection.stalled(this, this.tally, target)));
	}

	private void add(LoadConnection connection) {
		this.connections.add(connection);
		this.waiting.add(connection);
	}

	void open(LoadConnection connection) {
		this.waiting.add(connection);
	}

	/** A connection was answered, or is not going to be. */
	@SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
	void answered(boolean successfully) {
		this.opening--;
		this.openings += successfully ? 1 : 0;
	}

	void ended(LoadConnection connection) {
		InetSocketAddress other = this.failover;
		if (other != null) {
			connection.reconnect(other);
		}
	}

	void failover(InetSocketAddress address) {
		this.failover = address;
	}

	Set<StalledSocket> stalledSockets() {
		return this.connections.stream()
			.flatMap((connection) -> connection.stalledSocket().stream())
			.collect(Collectors.toUnmodifiableSet());
	}

	void begin() {
		this.tally.begin();
		this.events = 0;
	}

	Measurement measure() {
		return this.tally.toMeasurement(this.connections);
	}

}
