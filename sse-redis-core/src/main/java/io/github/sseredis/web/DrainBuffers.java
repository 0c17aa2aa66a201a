package io.github.sseredis.web;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The buffers of all drainers. Joining frames makes many small writes one; but a stuck
 * write keeps its buffer, so beyond a number of them there are only lean ones, and a
 * thousand clients that stopped reading hold 4 MiB, not 16. Its lock is held for moments.
 */
final class DrainBuffers {

	static final int MAX_JOINING = 256;

	private final Deque<DrainBuffer> free = new ArrayDeque<>(MAX_JOINING);

	private int joining;

	synchronized DrainBuffer take() {
		DrainBuffer buffer = this.free.poll();
		if (buffer != null) {
			return buffer;
		}
		if (this.joining == MAX_JOINING) {
			return DrainBuffer.lean();
		}
		this.joining++;
		return DrainBuffer.joining();
	}

	void giveBack(DrainBuffer buffer) {
		buffer.batch().clear();
		if (buffer.joined() != null) {
			synchronized (this) {
				this.free.push(buffer);
			}
		}
	}

}
