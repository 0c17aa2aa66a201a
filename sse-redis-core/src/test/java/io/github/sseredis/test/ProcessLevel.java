package io.github.sseredis.test;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * What this process holds.
 *
 * @param heap the heap in use after a collection, in bytes
 * @param threads the number of platform threads
 * @param descriptors the number of open file descriptors; 0 where it is not known
 */
public record ProcessLevel(long heap, int threads, long descriptors) {

	/** Looks now, after a collection. */
	public static ProcessLevel now() {
		// What is reachable only through references that are cleared is gone after the
		// second.
		System.gc();
		System.gc();
		return new ProcessLevel(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
				ManagementFactory.getThreadMXBean().getThreadCount(), descriptorsNow());
	}

	private static long descriptorsNow() {
		return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
				? system.getOpenFileDescriptorCount() : 0;
	}

	/** Whether this is not above another by more than what comes and goes by itself. */
	public boolean isAtLevelOf(ProcessLevel other, long heapMargin) {
		return this.heap <= other.heap + heapMargin && this.threads <= other.threads + 4
				&& this.descriptors <= other.descriptors + 16;
	}

	@Override
	public String toString() {
		return String.format("heap %.1f MB, %d threads, %d descriptors", this.heap / 1048576.0, this.threads,
				this.descriptors);
	}

}
