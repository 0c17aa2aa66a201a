package io.github.sseredis.checker;

import java.util.concurrent.TimeUnit;

/**
 * A time in which Redis lost what it was given, keys of idempotency included.
 *
 * @param begin what was acknowledged before is not lost; as {@link System#nanoTime()}
 * @param end what is acknowledged later is not lost
 */
record DataLoss(long begin, long end) {

	/** How late a future may tell what Redis answered. */
	private static final long LATE = TimeUnit.MILLISECONDS.toNanos(500);

	/**
	 * Whether a sender may repeat an event, which some have seen: it waited for the
	 * answer.
	 */
	boolean mayRepeat(Publication publication) {
		return publication.nanos() <= this.end && publication.decidedNanos() >= this.begin;
	}

	/**
	 * Whether an event may be gone, with nobody to tell of it whom it had not reached.
	 */
	boolean mayTake(Publication publication) {
		return publication.decidedNanos() >= this.begin && publication.decidedNanos() <= this.end + LATE;
	}

}
