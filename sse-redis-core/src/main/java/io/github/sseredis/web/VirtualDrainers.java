package io.github.sseredis.web;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Virtual threads that run one drain after the other, and end when none is due: a thread
 * for each drain would cost several times what the drain itself does.
 *
 * <p>
 * While drains are due, one thread is on its way to them, and starts the next when it
 * takes one. So there are as many as there are carriers, one that waits for a carrier,
 * and those that are stuck in a write, however many: these cost the others nothing.
 */
final class VirtualDrainers implements Drainers {

	/**
	 * A thread ends after so many drains, and one that comes after it goes on: a thread
	 * that stayed would keep its carrier from the application's virtual threads. To yield
	 * does not help, since a carrier prefers threads that have yielded to new ones.
	 */
	private static final int DRAINS_PER_THREAD = 64;

	private final Executor threads;

	private final DueDrains due = new DueDrains();

	/**
	 * The threads that will look into the queue before they do anything else. Who adds a
	 * drain looks here afterwards; a thread that takes a drain or finds none looks into
	 * the queue again after it has left this number. So one of both sees the other.
	 */
	private final AtomicInteger coming = new AtomicInteger();

	VirtualDrainers() {
		this(new VirtualThreadTaskExecutor());
	}

	/**
	 * Creates drainers.
	 * @param threads starts a virtual thread for each task
	 */
	VirtualDrainers(Executor threads) {
		this.threads = threads;
	}

	@Override
	public void execute(Runnable drain) {
		this.due.add(drain);
		callThread();
	}

	@Override
	public void executeOpening(Runnable drain) {
		this.due.addOpening(drain);
		callThread();
	}

	private void callThread() {
		if (this.coming.get() == 0 && this.coming.compareAndSet(0, 1)) {
			boolean started = false;
			try {
				this.threads.execute(this::runDrains);
				started = true;
			}
			finally {
				// One that is waited for and never comes would be the last.
				if (!started) {
					this.coming.decrementAndGet();
				}
			}
		}
	}

	private void runDrains() {
		for (int i = 0; i < DRAINS_PER_THREAD; i++) {
			Runnable drain = this.due.poll();
			this.coming.decrementAndGet();
			callThreadIfDue();
			if (drain == null) {
				return;
			}
			drain.run();
			this.coming.incrementAndGet();
		}
		this.coming.decrementAndGet();
		callThreadIfDue();
	}

	private void callThreadIfDue() {
		if (!this.due.isEmpty()) {
			callThread();
		}
	}

	@Override
	public int compensate(int stuck) {
		return 0;
	}

	@Override
	public boolean isBusy() {
		return false;
	}

	@Override
	public void close() {
		// The threads end with their drains.
	}

}
