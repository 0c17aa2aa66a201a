package io.github.sseredis.web;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.util.CustomizableThreadCreator;

/**
 * A pool of platform threads that grows with those that are stuck, up to a limit: as many
 * as the processors can use are always there for drains that get on.
 */
final class PooledDrainers implements Drainers {

	static final int MAX_THREADS = 512;

	/** How often in a row drains must have waited at the limit: about 100 ms. */
	private static final int PATIENCE = 5;

	static final int BASE_THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

	private final DueDrains due = new DueDrains();

	private final Runnable next = this::runNext;

	/** Its queue says how many threads the drains that are due ask for. */
	private final ThreadPoolExecutor pool;

	// Touched by the supervisor's thread only.
	private int waitedAtLimit;

	PooledDrainers() {
		CustomizableThreadCreator threads = new CustomizableThreadCreator("sse-drainer-");
		threads.setDaemon(true);
		this.pool = new ThreadPoolExecutor(BASE_THREADS, MAX_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				threads::createThread);
		this.pool.allowCoreThreadTimeOut(true);
	}

	@Override
	public void execute(Runnable drain) {
		this.due.add(drain);
		this.pool.execute(this.next);
	}

	@Override
	public void executeOpening(Runnable drain) {
		this.due.addOpening(drain);
		this.pool.execute(this.next);
	}

	private void runNext() {
		Runnable drain = this.due.poll();
		if (drain != null) {
			drain.run();
		}
	}

	// Twice as many as are stuck: what the new threads find may be stuck as well, and a
	// thousand clients that stop reading at once must not be found four at a time.
	@Override
	public int compensate(int stuck) {
		int threads = Math.min(MAX_THREADS, BASE_THREADS + 2 * stuck);
		if (threads != this.pool.getCorePoolSize()) {
			this.pool.setCorePoolSize(threads);
		}
		boolean waitAtLimit = BASE_THREADS + stuck > MAX_THREADS && isBusy();
		this.waitedAtLimit = waitAtLimit ? this.waitedAtLimit + 1 : 0;
		return this.waitedAtLimit >= PATIENCE ? MAX_THREADS / 8 : 0;
	}

	@Override
	public boolean isBusy() {
		return !this.pool.getQueue().isEmpty();
	}

	@Override
	public void close() {
		this.pool.shutdown();
	}

}
