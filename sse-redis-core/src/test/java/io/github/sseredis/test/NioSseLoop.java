package io.github.sseredis.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The one thread of {@link NioSseClients}: it opens their connections, reads them, and
 * runs what others ask of it in between.
 */
final class NioSseLoop {

	// So that no accept queue overflows, which costs a second for each connection in it.
	private static final int OPENING_AT_ONCE = 64;

	private final Selector selector;

	private final Thread thread = new Thread(this::run, "nio-sse-clients");

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	// Of the thread alone.

	private final Queue<NioSseClient> waiting = new ArrayDeque<>();

	private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

	private int opening;

	// Written by the thread, read by others.

	private volatile long totalBytes;

	private volatile long totalEvents;

	// Written by others.

	private volatile boolean recordsNumbers;

	private volatile int receiveBuffer;

	private volatile NioSseClients.@Nullable Listener listener;

	private volatile boolean closed;

	NioSseLoop() {
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	void recordNumbers() {
		this.recordsNumbers = true;
	}

	boolean recordsNumbers() {
		return this.recordsNumbers;
	}

	void receiveBuffer(int bytes) {
		this.receiveBuffer = bytes;
	}

	int receiveBuffer() {
		return this.receiveBuffer;
	}

	void onEvent(NioSseClients.Listener listener) {
		this.listener = listener;
	}

	void open(Collection<NioSseClient> clients) {
		submit(() -> this.waiting.addAll(clients));
	}

	/**
	 * Runs a task on the thread and waits for its end.
	 * @param task the task
	 */
	void run(Runnable task) {
		FutureTask<@Nullable Void> future = new FutureTask<>(task, null);
		submit(future);
		try {
			future.get(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	long totalBytes() {
		return this.totalBytes;
	}

	long totalEvents() {
		return this.totalEvents;
	}

	boolean isClosed() {
		return this.closed;
	}

	void close() {
		this.closed = true;
		this.selector.wakeup();
	}

	// What follows is called by the thread.

	void answered() {
		this.opening--;
	}

	@SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
	void received(int bytes, int events) {
		this.totalBytes += bytes;
		this.totalEvents += events;
	}

	void event(int index, long number) {
		NioSseClients.Listener current = this.listener;
		if (current != null) {
			current.onEvent(index, number);
		}
	}

	private void run() {
		try (Selector open = this.selector) {
			while (!this.closed) {
				open.select(this::ready);
				for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
					task.run();
				}
				while (this.opening < OPENING_AT_ONCE && !this.waiting.isEmpty()) {
					this.opening++;
					this.waiting.remove().connect(open);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void ready(SelectionKey key) {
		((NioSseClient) key.attachment()).ready(this.buffer);
	}

	private void submit(Runnable task) {
		this.tasks.add(task);
		this.selector.wakeup();
	}

}
