package io.github.sseredis.web;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The buffers of all drainers. Joining frames makes many small writes one; but a stuck
 * write keeps its buffer, so beyond a number of them there are only lean ones, and a
 * thousand clients that stopped reading hold 4 MiB, not 16.
 */
final class DrainBuffers {

	static final int MAX_JOINING = 256;

	private final ConcurrentLinkedQueue<DrainBuffer> free = new ConcurrentLinkedQueue<>();

	private final AtomicInteger joining = new AtomicInteger();

	DrainBuffer take() {
		DrainBuffer buffer = this.free.poll();
		if (buffer != null) {
			return buffer;
		}
		if (this.joining.incrementAndGet() <= MAX_JOINING) {
			return DrainBuffer.joining();
		}
		this.joining.decrementAndGet();
		return DrainBuffer.lean();
	}

	void giveBack(DrainBuffer buffer) {
		buffer.batch().clear();
		if (buffer.joined() != null) {
			this.free.add(buffer);
		}
	}

}
