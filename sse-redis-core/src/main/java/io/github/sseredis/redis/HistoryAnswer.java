package io.github.sseredis.redis;

import java.util.List;

/**
 * What the history script answered.
 *
 * @param position the position at that moment
 * @param status {@code all}, {@code unproven} or {@code ahead}
 * @param number with {@code all} the number up to which the events are complete, with
 * {@code unproven} the one from which on a proof may succeed
 * @param events the topic's events
 */
record HistoryAnswer(RedisPosition position, String status, long number, List<Numbered> events) {

	boolean isProven() {
		return "all".equals(this.status);
	}

	/** Whether another attempt, after a number, may be proven. */
	boolean canProve(long after) {
		return "unproven".equals(this.status) ? after >= this.number : after <= this.position.sequence();
	}

}
