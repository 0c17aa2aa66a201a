package io.github.sseredis.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.sseredis.EventId;
import io.github.sseredis.log.Cursor;
import io.github.sseredis.log.Position;
import io.github.sseredis.redis.RedisPartition.PublishAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of one partition in the order in which they were given to it. One call
 * is in flight; it carries what gathered during the one before, and is repeated until it
 * is answered, so that nothing overtakes. No pipelining: in a pipeline a command that
 * fails is overtaken by those after it.
 *
 * <p>
 * Callers add, the sender's thread takes and calls, a timer lets expire what waited too
 * long. They meet at the queue, under its lock, which is held for a few field accesses
 * and never during a call. Futures are completed on an executor of their own: what a
 * caller attached to one must hold up no event.
 */
final class OrderedSender implements Runnable {

	private static final int MAX_EVENTS = 64;

	private static final int MAX_BYTES = 256 * 1024;

	private static final long FIRST_PAUSE_MILLIS = 10;

	private static final long LONGEST_PAUSE_MILLIS = 500;

	/** How long the sender waits for its own events to come back. */
	private static final Duration ECHO_PATIENCE = Duration.ofSeconds(1);

	private final RedisPartition partition;

	private final int partitions;

	private final Executor completions;

	private final AtomicLong buffered;

	private final PublishMonitor monitor;

	private final Echo echo;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	// Guarded by the lock.

	private final Deque<PendingEvent> queue = new ArrayDeque<>();

	private List<PendingEvent> inFlight = List.of();

	private boolean stopped;

	// Touched by the sender's thread only.

	private @Nullable Position acknowledged;

	OrderedSender(RedisPartition partition, int partitions, AtomicLong buffered, Executor completions,
			PublishMonitor monitor, Echo echo) {
		this.partition = partition;
		this.partitions = partitions;
		this.buffered = buffered;
		this.completions = completions;
		this.monitor = monitor;
		this.echo = echo;
	}

	/**
	 * Adds an event whose bytes have been counted.
	 * @return false if the sender has been stopped
	 */
	boolean add(PendingEvent event) {
		this.lock.lock();
		try {
			if (!this.stopped) {
				this.queue.add(event);
				this.changed.signalAll();
			}
			return !this.stopped;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void run() {
		try {
			while (true) {
				List<PendingEvent> call = take();
				if (call.isEmpty()) {
					return;
				}
				send(call);
				awaitEcho();
			}
		}
		catch (InterruptedException ex) {
			// Stopped; what is left has been failed, or will be.
			Thread.currentThread().interrupt();
		}
	}

	private List<PendingEvent> take() throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (this.queue.isEmpty() && !this.stopped) {
				this.changed.await();
			}
			List<PendingEvent> call = new ArrayList<>();
			int bytes = 0;
			while (!this.queue.isEmpty() && call.size() < MAX_EVENTS
					&& (call.isEmpty() || bytes + this.queue.peek().bytes() <= MAX_BYTES)) {
				PendingEvent event = this.queue.remove();
				bytes += event.bytes();
				call.add(event);
			}
			this.inFlight = call;
			return call;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void send(List<PendingEvent> events) throws InterruptedException {
		try {
			long pause = FIRST_PAUSE_MILLIS;
			List<PendingEvent> call = events;
			while (!call.isEmpty()) {
				PublishAnswer answer = call(call);
				if (answer != null) {
					complete(call, answer);
					return;
				}
				TimeUnit.MILLISECONDS.sleep(pause);
				pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
				call = unexpired(call);
			}
		}
		finally {
			land(events);
		}
	}

	// What may have been carried out stays marked so, whatever a later call says.
	private @Nullable PublishAnswer call(List<PendingEvent> call) {
		boolean[] before = new boolean[call.size()];
		for (int i = 0; i < before.length; i++) {
			before[i] = call.get(i).maybeSent();
			call.get(i).setMaybeSent(true);
		}
		try {
			PublishAnswer answer = this.partition.publish(call, this.acknowledged);
			this.monitor.published(answer.publishError());
			return answer;
		}
		catch (RuntimeException ex) {
			RedisFailure failure = RedisFailure.of(ex);
			if (!failure.isOutcomeUnknown()) {
				for (int i = 0; i < before.length; i++) {
					call.get(i).setMaybeSent(before[i]);
				}
			}
			this.monitor.failed(failure);
			return null;
		}
	}

	private void complete(List<PendingEvent> call, PublishAnswer answer) {
		List<PendingEvent> events = List.copyOf(call);
		for (String result : answer.results()) {
			Position position = result.startsWith("!") ? null : RedisPosition.parse(result);
			if (position != null && position.epoch().equals(answer.epoch())
					&& (this.acknowledged == null || !this.acknowledged.epoch().equals(position.epoch())
							|| this.acknowledged.sequence() < position.sequence())) {
				this.acknowledged = position;
			}
		}
		this.completions.execute(() -> {
			for (int i = 0; i < events.size(); i++) {
				complete(events.get(i), answer.results().get(i));
			}
		});
	}

	private void complete(PendingEvent event, String result) {
		Position position = result.startsWith("!") ? null : RedisPosition.parse(result);
		if (position != null) {
			event.future().succeed(idOf(position));
		}
		else {
			event.setMaybeSent(false);
			event.fail("Redis refused this event: " + result.substring(1), null);
		}
	}

	private EventId idOf(Position position) {
		@Nullable Position[] positions = new @Nullable Position[this.partitions];
		positions[this.partition.number()] = position;
		return Cursor.of(positions).toEventId();
	}

	private void land(List<PendingEvent> events) {
		long bytes = 0;
		for (PendingEvent event : events) {
			bytes += event.bytes();
		}
		this.buffered.addAndGet(-bytes);
		this.lock.lock();
		try {
			this.inFlight = List.of();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<PendingEvent> unexpired(List<PendingEvent> call) {
		this.lock.lock();
		try {
			return call.stream().filter((event) -> !event.isExpired()).toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	// After an outage everything that waited is sent at once: it must not run so far
	// ahead
	// of the own subscription that what is kept in Redis no longer reaches back to it.
	private void awaitEcho() throws InterruptedException {
		Position sent = this.acknowledged;
		long deadline = System.nanoTime() + ECHO_PATIENCE.toNanos();
		while (sent != null && this.echo.isFarBehind(sent) && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(1);
		}
	}

	/** Fails what has waited too long. */
	void expire(long now, Duration timeout) {
		List<PendingEvent> expired = new ArrayList<>();
		this.lock.lock();
		try {
			for (PendingEvent event : this.inFlight) {
				if (now - event.deadline() >= 0 && !event.isExpired()) {
					event.expire();
					expired.add(event);
				}
			}
			while (!this.queue.isEmpty() && now - this.queue.peek().deadline() >= 0) {
				PendingEvent event = this.queue.remove();
				this.buffered.addAndGet(-event.bytes());
				expired.add(event);
			}
		}
		finally {
			this.lock.unlock();
		}
		fail(expired, "Redis did not take the event within " + timeout + " (sse.publish.timeout): "
				+ this.monitor.lastFailure());
	}

	/** Waits until everything has been sent; returns whether it has. */
	boolean awaitSent(Duration timeout) throws InterruptedException {
		long left = timeout.toNanos();
		this.lock.lock();
		try {
			while (!this.queue.isEmpty() || !this.inFlight.isEmpty()) {
				if (left <= 0) {
					return false;
				}
				left = this.changed.awaitNanos(left);
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Lets {@link #run} work again after a stop. */
	void restart() {
		this.lock.lock();
		try {
			this.stopped = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Lets the thread end, and fails what was not sent. */
	void stop() {
		List<PendingEvent> unsent = new ArrayList<>();
		this.lock.lock();
		try {
			this.stopped = true;
			for (PendingEvent event : this.inFlight) {
				event.expire();
				unsent.add(event);
			}
			unsent.addAll(this.queue);
			for (PendingEvent event : this.queue) {
				this.buffered.addAndGet(-event.bytes());
			}
			this.queue.clear();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		fail(unsent, "the application stopped before Redis took the event");
	}

	private void fail(List<PendingEvent> events, String message) {
		if (!events.isEmpty()) {
			this.completions.execute(() -> events.forEach((event) -> event.fail(message, null)));
		}
	}

	/** How far this instance's own subscription is behind what it published. */
	interface Echo {

		/** Whether the subscription is too far behind a position to publish more. */
		boolean isFarBehind(Position published);

	}

}
