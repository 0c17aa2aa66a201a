package io.github.sseredis.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What a client has seen, over all its connections. Everything is guarded by its monitor,
 * and whoever waits is woken by each change.
 */
final class StreamRecord {

	private final List<ReceivedEvent> events = new ArrayList<>();

	private final List<String> comments = new ArrayList<>();

	private String lastEventId;

	private @Nullable Duration retry;

	// How many of the events have been taken by the test.
	private int taken;

	// Of the newest connection; an older one has nothing to say any more.

	private @Nullable SseConnection connection;

	private ConnectionState state = ConnectionState.CLOSED;

	private boolean begun;

	private String ending = "";

	StreamRecord(String lastEventId) {
		this.lastEventId = lastEventId;
	}

	/** Makes a connection the one that counts. */
	synchronized void begin(SseConnection opening) {
		this.connection = opening;
		this.begun = false;
		this.ending = "";
		this.state = ConnectionState.CONNECTING;
		notifyAll();
	}

	synchronized void opened(SseConnection by) {
		if (by == this.connection) {
			this.state = ConnectionState.OPEN;
			notifyAll();
		}
	}

	synchronized void received(SseConnection by, StreamBlock block) {
		if (by != this.connection || this.state != ConnectionState.OPEN) {
			return;
		}
		this.begun = true;
		ReceivedEvent event = block.event();
		if (event != null) {
			this.events.add(event);
		}
		this.lastEventId = block.lastEventId();
		this.retry = (block.retry() != null) ? block.retry() : this.retry;
		this.comments.addAll(block.comments());
		notifyAll();
	}

	/** Records how a connection ended; the first end counts. */
	synchronized void ended(SseConnection by, ConnectionState end, String reason) {
		if (by == this.connection && !this.state.isEnd()) {
			this.state = end;
			this.ending = reason;
			notifyAll();
		}
	}

	/**
	 * Waits until a condition holds.
	 * @param hopeless when it never will any more
	 * @param what is awaited, for the message
	 * @throws AssertionError if it does not come in time
	 */
	synchronized void await(BooleanSupplier condition, BooleanSupplier hopeless, Duration deadline,
			Supplier<String> what) {
		if (!holds(condition, hopeless, deadline)) {
			throw new AssertionError(
					"Expected " + what.get() + " within " + deadline.toMillis() + " ms, but " + describe());
		}
	}

	/** Waits, and returns whether the condition holds in time. */
	synchronized boolean holds(BooleanSupplier condition, BooleanSupplier hopeless, Duration deadline) {
		long begin = System.nanoTime();
		while (!condition.getAsBoolean()) {
			long left = deadline.toNanos() - (System.nanoTime() - begin);
			if (left <= 0 || hopeless.getAsBoolean()) {
				return false;
			}
			try {
				wait(left / 1_000_000 + 1);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}
		return true;
	}

	synchronized ReceivedEvent take() {
		return this.events.get(this.taken++);
	}

	synchronized boolean hasMore() {
		return this.taken < this.events.size();
	}

	synchronized boolean hasMore(Predicate<? super ReceivedEvent> condition) {
		return this.events.subList(this.taken, this.events.size()).stream().anyMatch(condition);
	}

	/** Whether the newest connection is open, and has its first block. */
	synchronized boolean hasBegun() {
		return this.begun && this.state == ConnectionState.OPEN;
	}

	synchronized ConnectionState state() {
		return this.state;
	}

	synchronized List<ReceivedEvent> events() {
		return List.copyOf(this.events);
	}

	synchronized List<String> comments() {
		return List.copyOf(this.comments);
	}

	synchronized String lastEventId() {
		return this.lastEventId;
	}

	synchronized @Nullable Duration retry() {
		return this.retry;
	}

	synchronized String describe() {
		String connected = "the connection is " + this.state.text()
				+ (this.ending.isEmpty() ? "" : " (" + this.ending + ")");
		return connected + "; taken so far: " + this.events.subList(0, this.taken) + ", not taken: "
				+ this.events.subList(this.taken, this.events.size());
	}

}
