package io.github.sseredis.web;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A scheduler whose time passes when a test says so: its tasks run on the test's thread,
 * in their order. Used by one thread.
 */
final class VirtualScheduler extends AbstractExecutorService implements ScheduledExecutorService {

	private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();

	private long now = 1;

	private long count;

	private boolean shutdown;

	/** The time in nanoseconds. */
	long now() {
		return this.now;
	}

	/** Lets time pass, and runs what is due by then. */
	void advance(Duration time) {
		long end = this.now + time.toNanos();
		while (!this.tasks.isEmpty() && this.tasks.peek().at <= end) {
			Task<?> next = this.tasks.remove();
			this.now = Math.max(this.now, next.at);
			next.runOnce();
		}
		this.now = Math.max(this.now, end);
	}

	private <V> Task<V> add(Callable<V> callable, long delay, long repeat, TimeUnit unit) {
		Task<V> task = new Task<>(callable, unit.toNanos(delay), unit.toNanos(repeat));
		if (!this.shutdown) {
			this.tasks.add(task);
		}
		return task;
	}

	@Override
	public void execute(Runnable command) {
		schedule(command, 0, TimeUnit.NANOSECONDS);
	}

	@Override
	public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
		return add(() -> {
			command.run();
			return true;
		}, delay, 0, unit);
	}

	@Override
	public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
		return add(callable, delay, 0, unit);
	}

	@Override
	public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long delay, long period, TimeUnit unit) {
		return scheduleWithFixedDelay(command, delay, period, unit);
	}

	@Override
	public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
		return add(() -> {
			command.run();
			return true;
		}, initial, delay, unit);
	}

	@Override
	public void shutdown() {
		this.shutdown = true;
	}

	@Override
	public List<Runnable> shutdownNow() {
		shutdown();
		List<Runnable> dropped = List.copyOf(this.tasks);
		this.tasks.clear();
		return dropped;
	}

	@Override
	public boolean isShutdown() {
		return this.shutdown;
	}

	@Override
	public boolean isTerminated() {
		return this.shutdown;
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) {
		return this.shutdown;
	}

	/** A task, and when it is due; what fails fails the test. */
	private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {

		private final long repeat;

		private final long number = ++VirtualScheduler.this.count;

		private long at;

		Task(Callable<V> callable, long delay, long repeat) {
			super(callable);
			this.at = VirtualScheduler.this.now + delay;
			this.repeat = repeat;
		}

		void runOnce() {
			if (this.repeat == 0) {
				run();
			}
			else if (runAndReset()) {
				this.at = VirtualScheduler.this.now + this.repeat;
				VirtualScheduler.this.tasks.add(this);
			}
		}

		@Override
		protected void setException(Throwable failure) {
			throw new IllegalStateException("A task failed", failure);
		}

		@Override
		public long getDelay(TimeUnit unit) {
			return unit.convert(this.at - VirtualScheduler.this.now, TimeUnit.NANOSECONDS);
		}

		@Override
		public int compareTo(Delayed other) {
			Task<?> task = (Task<?>) other;
			return this.at != task.at ? Long.compare(this.at, task.at) : Long.compare(this.number, task.number);
		}

	}

}
