package io.github.sseredis.web;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The buffers of all drainers. Joining frames makes many small writes one; but a stuck
 * write keeps its buffer, so beyond a number of them there are only lean ones, and a
 * thousand clients that stopped reading hold 4 MiB, not 16.
 *
 * <p>
 * Without a lock: virtual threads that meet at one, for however short a time, are woken
 * by a thread that must get a processor first, and where the processors are busy some of
 * them wait hundreds of milliseconds. Each buffer lies in one place or is in use, and
 * whoever swaps it for null owns it. The first places are preferred, so that those few
 * buffers are in use that are in the processors' caches.
 */
final class DrainBuffers {

	static final int MAX_JOINING = 256;

	/** As many places as there can be joining buffers, so there is always a free one. */
	private final AtomicReferenceArray<DrainBuffer> places = new AtomicReferenceArray<>(MAX_JOINING);

	/** Joining buffers there are, and at most so many places were ever needed. */
	private final AtomicInteger joining = new AtomicInteger();

	DrainBuffer take() {
		int made = this.joining.get();
		for (int i = 0; i < made; i++) {
			DrainBuffer buffer = (this.places.get(i) != null) ? this.places.getAndSet(i, null) : null;
			if (buffer != null) {
				return buffer;
			}
		}
		return mayMake() ? DrainBuffer.joining() : DrainBuffer.lean();
	}

	private boolean mayMake() {
		return this.joining.get() < MAX_JOINING
				&& this.joining.getAndUpdate((made) -> Math.min(MAX_JOINING, made + 1)) < MAX_JOINING;
	}

	void giveBack(DrainBuffer buffer) {
		buffer.batch().clear();
		if (buffer.joined() != null) {
			int place = 0;
			while (!this.places.compareAndSet(place, null, buffer)) {
				place = (place + 1) % MAX_JOINING;
			}
		}
	}

}
