package io.github.sseredis.benchmarks.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.github.sseredis.benchmarks.client.EventData;

/**
 * Publishes events at a rate. Each is dated with the moment it was <em>due</em>, whenever
 * it really leaves: a publisher that is held up must not make latencies look better.
 */
final class PublishLoop {

	/** More than a call to Redis carries, less than the buffer of a broadcaster. */
	private static final int OUTSTANDING = 10_000;

	private final EventPublisher publisher;

	private final AtomicLong failed = new AtomicLong();

	private final Semaphore outstanding = new Semaphore(OUTSTANDING);

	private final Deque<CompletableFuture<?>> awaited = new ArrayDeque<>();

	PublishLoop(EventPublisher publisher) {
		this.publisher = publisher;
	}

	/**
	 * Publishes and waits until all is answered.
	 * @return the line to answer with: events, failures, nanoseconds
	 */
	String run(PublishOrder order) throws InterruptedException {
		this.failed.set(0);
		EventData data = new EventData(order.size());
		long begin = System.nanoTime();
		for (long i = 0; i < order.count(); i++) {
			long due = order.rate() > 0 ? begin + i * 1_000_000_000L / order.rate() : System.nanoTime();
			awaitTime(due);
			long event = order.first() + i;
			int topic = (int) (event % order.topics());
			follow(this.publisher.publish("t" + topic, data.of(topic, event / order.topics() + 1, due)),
					order.callbacks());
		}
		settle();
		long nanos = System.nanoTime() - begin;
		return "published " + order.count() + " " + this.failed.get() + " " + nanos;
	}

	private void follow(CompletableFuture<?> future, boolean callback) throws InterruptedException {
		if (callback) {
			this.outstanding.acquire();
			future.whenComplete((id, ex) -> {
				count(ex != null);
				this.outstanding.release();
			});
			return;
		}
		this.awaited.add(future);
		while (this.awaited.size() > OUTSTANDING || (!this.awaited.isEmpty() && this.awaited.element().isDone())) {
			join(this.awaited.remove());
		}
	}

	private void settle() throws InterruptedException {
		while (!this.awaited.isEmpty()) {
			join(this.awaited.remove());
		}
		this.outstanding.acquire(OUTSTANDING);
		this.outstanding.release(OUTSTANDING);
	}

	private void join(CompletableFuture<?> future) {
		try {
			future.join();
		}
		catch (RuntimeException ex) {
			count(true);
		}
	}

	private void count(boolean failure) {
		if (failure) {
			this.failed.incrementAndGet();
		}
	}

	private static void awaitTime(long due) {
		for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
			LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(10)));
		}
	}

}
