package io.github.sseredis.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import io.github.sseredis.BroadcastException.Outcome;

/**
 * The events of one partition that wait to be sent, and those of the call in flight.
 * Callers add, the sender takes and calls, a timer gives up what waited too long. They
 * meet here, under a lock that is held for a few field accesses and never during a call.
 */
final class SendQueue {

	private static final int MAX_EVENTS = 64;

	private static final int MAX_BYTES = 256 * 1024;

	/** How often who waits for the end asks whether that is in vain. */
	private static final Duration HOPE_CHECK = Duration.ofMillis(50);

	private final AtomicLong buffered;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	// Guarded by the lock.

	private final Deque<PendingEvent> queue = new ArrayDeque<>();

	private List<PendingEvent> inFlight = List.of();

	/** When the attempt under way began; 0 if none is. */
	private long calling;

	/** Counts the stops: a thread that outlives one takes nothing more. */
	private long generation;

	private boolean stopped;

	/**
	 * Creates a queue.
	 * @param buffered counts the bytes of all queues; they are added by whoever adds an
	 * event, and taken off here when it leaves
	 */
	SendQueue(AtomicLong buffered) {
		this.buffered = buffered;
	}

	/**
	 * Adds an event.
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

	long generation() {
		this.lock.lock();
		try {
			return this.generation;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Waits for events, and takes a call's; none if the sender has been stopped. */
	List<PendingEvent> take(long asGeneration) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (this.queue.isEmpty() && this.generation == asGeneration) {
				this.changed.await();
			}
			if (this.generation != asGeneration) {
				return List.of();
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

	/** The number of events that are waiting or on their way, and not given up. */
	long size() {
		this.lock.lock();
		try {
			return this.queue.size() + this.inFlight.stream().filter((event) -> !event.isGivenUp()).count();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Notes an attempt at a call, and returns whether anything of it is still wanted. */
	boolean isWanted(List<PendingEvent> call) {
		this.lock.lock();
		try {
			boolean wanted = call.stream().anyMatch((event) -> !event.isGivenUp());
			this.calling = wanted ? System.nanoTime() : 0;
			return wanted;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Notes that a call is about to be sent, and returns what is still wanted of it. */
	List<PendingEvent> begin(List<PendingEvent> call) {
		this.lock.lock();
		try {
			List<PendingEvent> wanted = call.stream().filter((event) -> !event.isGivenUp()).toList();
			wanted.forEach(PendingEvent::callBegins);
			return wanted;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Notes the end of an attempt. */
	void end(List<PendingEvent> attempt, boolean outcomeUnknown) {
		this.lock.lock();
		try {
			attempt.forEach((event) -> event.callEnds(outcomeUnknown));
			this.calling = 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Notes that a call is over, whatever became of it. */
	void land(List<PendingEvent> call) {
		release(call);
		this.lock.lock();
		try {
			this.inFlight = List.of();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Gives up what is overdue. */
	List<GivenUp> expire(long now) {
		this.lock.lock();
		try {
			List<GivenUp> expired = giveUp(this.inFlight, (event) -> event.isOverdue(now));
			while (!this.queue.isEmpty() && this.queue.peek().isOverdue(now)) {
				PendingEvent event = this.queue.remove();
				release(List.of(event));
				expired.add(new GivenUp(event, event.giveUp()));
			}
			return expired;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Gives up events of the call in flight. */
	List<GivenUp> giveUp(Collection<PendingEvent> events) {
		this.lock.lock();
		try {
			return giveUp(events, (event) -> true);
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<GivenUp> giveUp(Collection<PendingEvent> events, Predicate<PendingEvent> which) {
		List<GivenUp> givenUp = new ArrayList<>();
		for (PendingEvent event : events) {
			if (!event.isGivenUp() && which.test(event)) {
				givenUp.add(new GivenUp(event, event.giveUp()));
			}
		}
		return givenUp;
	}

	/** How long the attempt under way has been waiting for its answer. */
	Duration waiting(long now) {
		this.lock.lock();
		try {
			return this.calling == 0 ? Duration.ZERO : Duration.ofNanos(now - this.calling);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until everything has been sent; returns whether it has.
	 * @param patience for a call that does not end, from when it began
	 * @param hopeless whether waiting is in vain
	 */
	boolean awaitEmpty(Duration timeout, Duration patience, BooleanSupplier hopeless) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		this.lock.lock();
		try {
			while (!this.queue.isEmpty() || !this.inFlight.isEmpty()) {
				long now = System.nanoTime();
				long giveUpAt = (this.calling != 0 ? this.calling : now) + patience.toNanos();
				if (now - deadline >= 0 || now - giveUpAt >= 0 || hopeless.getAsBoolean()) {
					return false;
				}
				this.changed.awaitNanos(Math.min(HOPE_CHECK.toNanos(), Math.min(deadline, giveUpAt) - now));
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Takes events again after a stop. */
	void restart() {
		this.lock.lock();
		try {
			this.stopped = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Takes no more events, and gives up those that are there. */
	List<GivenUp> stop() {
		this.lock.lock();
		try {
			this.stopped = true;
			this.generation++;
			List<GivenUp> unsent = giveUp(this.inFlight, (event) -> true);
			unsent.addAll(giveUp(this.queue, (event) -> true));
			release(this.queue);
			this.queue.clear();
			this.changed.signalAll();
			return unsent;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void release(Collection<PendingEvent> events) {
		this.buffered.addAndGet(-events.stream().mapToLong(PendingEvent::bytes).sum());
	}

	/**
	 * An event that is not sent any more.
	 *
	 * @param event the event
	 * @param outcome what was known about it at that moment
	 */
	record GivenUp(PendingEvent event, Outcome outcome) {

		void fail(String message) {
			this.event.fail(this.outcome, message, null);
		}

	}

}
