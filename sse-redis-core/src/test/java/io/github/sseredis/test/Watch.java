package io.github.sseredis.test;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A lock around what a background thread records, on which tests wait for changes.
 */
final class Watch {

	synchronized void change(Runnable change) {
		change.run();
		notifyAll();
	}

	synchronized <T> T read(Supplier<T> reading) {
		return reading.get();
	}

	/**
	 * Waits for a condition.
	 * @param condition what to wait for
	 * @param hopeless tells that it cannot come any more
	 * @param timeout how long
	 * @param what describes the condition and what there is instead
	 * @throws AssertionError if it does not come
	 */
	synchronized void await(BooleanSupplier condition, BooleanSupplier hopeless, Duration timeout,
			Supplier<String> what) {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!condition.getAsBoolean()) {
			long left = (deadline - System.nanoTime()) / 1_000_000;
			if (left <= 0 || hopeless.getAsBoolean()) {
				throw new AssertionError("Waited up to " + timeout + " for " + what.get());
			}
			try {
				wait(left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new AssertionError("Interrupted while waiting for " + what.get(), ex);
			}
		}
	}

}
