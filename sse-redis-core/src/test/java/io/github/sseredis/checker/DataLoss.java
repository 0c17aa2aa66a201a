package io.github.sseredis.checker;

/**
 * A time in which Redis lost what it had, keys of idempotency included. A sender that
 * still waited for an answer repeats its event, which some have seen.
 *
 * @param begin when it began, as {@link System#nanoTime()}
 * @param end when it was over
 */
record DataLoss(long begin, long end) {

	/** Whether it was not yet decided what becomes of an event. */
	boolean concerns(Publication publication) {
		return publication.nanos() <= this.end && publication.decidedNanos() >= this.begin;
	}

}
