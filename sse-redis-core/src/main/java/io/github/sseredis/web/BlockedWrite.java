package io.github.sseredis.web;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.sseredis.web.WriteAborter.Next;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write that a connection's drainer is in, if any, and the way to end it from another
 * thread.
 *
 * <p>
 * Interrupts are given under the monitor that {@link #leave} takes, so that none is left
 * over for what the drainer's thread does next. It is a monitor because that comes with
 * the object; virtual threads only hold it for moments.
 */
final class BlockedWrite {

	private static final Logger logger = LoggerFactory.getLogger(BlockedWrite.class);

	private final WriteAborter aborter;

	/** Set before the thread. */
	private volatile long startedAt;

	private volatile @Nullable Thread thread;

	// Guarded by this.

	private boolean aborted;

	private boolean aborting;

	private boolean interrupted;

	BlockedWrite(WriteAborter aborter) {
		this.aborter = aborter;
	}

	/**
	 * Called before a write, by the thread that writes.
	 * @throws IOException if a write was aborted: there must be no other
	 */
	synchronized void enter(long now) throws IOException {
		if (this.aborted) {
			throw new IOException("A write took too long");
		}
		this.startedAt = now;
		this.thread = Thread.currentThread();
	}

	/** Called after a write, successful or not, by the thread that wrote. */
	synchronized void leave() {
		this.thread = null;
		if (this.interrupted) {
			this.interrupted = false;
			Thread.interrupted();
		}
	}

	/** Returns how much may be written to a buffer of a size before it is flushed. */
	int longestWrite(int buffer) {
		return this.aborter.longestWrite(buffer);
	}

	/** Whether a thread is in a write. */
	boolean isActive() {
		return this.thread != null;
	}

	/** When the last write began. */
	long startedAt() {
		return this.startedAt;
	}

	/**
	 * Begins to end the write, which takes {@link Abortion#proceed}.
	 * @return null if there is none, or it is being ended
	 */
	synchronized @Nullable Abortion startAbortion() {
		if (this.thread == null || this.aborting) {
			return null;
		}
		this.aborted = true;
		this.aborting = true;
		return new Abortion(this, this.aborter);
	}

	private synchronized void endAbortion() {
		this.aborting = false;
	}

	private synchronized void interrupt() {
		Thread current = this.thread;
		if (current != null) {
			this.interrupted = true;
			current.interrupt();
		}
	}

	/** The end of one write, in the making. */
	static final class Abortion {

		private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

		/** What is longer than this was a pause for the stuck thread as well. */
		private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

		private static final long STEP = TimeUnit.MILLISECONDS.toNanos(200);

		private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

		private final BlockedWrite write;

		private final WriteAborter aborter;

		private long lastLook = System.nanoTime();

		private long waited;

		private int step = -1;

		private Next next = Next.WAIT;

		private Abortion(BlockedWrite write, WriteAborter aborter) {
			this.write = write;
			this.aborter = aborter;
		}

		/** Does what is due, removes those that are over, and pauses if any remain. */
		static void proceed(List<Abortion> abortions) {
			abortions.removeIf(Abortion::proceed);
			if (abortions.stream().anyMatch((abortion) -> abortion.next == Next.KEEP_INTERRUPTING)) {
				// A wait can swallow the interrupt that ends it. What frees the thread
				// is one that comes between that wait and the next.
				LockSupport.parkNanos(1);
			}
			else if (!abortions.isEmpty()) {
				LockSupport.parkNanos(PAUSE);
			}
		}

		private boolean proceed() {
			long now = System.nanoTime();
			this.waited += Math.min(now - this.lastLook, LONGEST_PAUSE);
			this.lastLook = now;
			boolean free = !this.write.isActive();
			if (free || this.waited > PATIENCE) {
				if (!free) {
					logger.warn("Cannot free a thread that is stuck in a write");
				}
				this.write.endAbortion();
				return true;
			}
			boolean nextStep = this.waited >= (this.step + 1) * STEP;
			if (nextStep) {
				this.step++;
			}
			if (this.next == Next.KEEP_INTERRUPTING) {
				this.write.interrupt();
			}
			else if (nextStep) {
				// Not under the monitor: a container may call back from here, and what
				// it calls may wait for the thread.
				this.next = this.aborter.abort(this.step);
				if (this.next == Next.INTERRUPT || this.next == Next.KEEP_INTERRUPTING) {
					this.write.interrupt();
				}
			}
			return false;
		}

	}

}
