package io.github.sseredis.redis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

import io.github.sseredis.log.Position;
import org.jspecify.annotations.Nullable;

/**
 * How far this instance's own subscription is behind what a sender published. After an
 * outage everything that waited is sent at once: it must not run so far ahead that what
 * is kept in Redis no longer reaches back to the subscription. Used by the sender's
 * thread.
 */
final class OwnEcho {

	/** A part of what is kept in Redis. */
	private static final long MAX_BYTES = RedisLayout.RECENT_BYTES / 4;

	private final @Nullable Supplier<@Nullable Position> subscription;

	private final long maxEvents;

	/** What was published and has not been seen to come back. */
	private final Deque<Published> ahead = new ArrayDeque<>();

	private long bytes;

	/**
	 * Creates an echo.
	 * @param subscription gives the newest position that has come back, null if none;
	 * null where nobody listens
	 * @param maxEvents how many events may be published and not yet have come back
	 */
	OwnEcho(@Nullable Supplier<@Nullable Position> subscription, long maxEvents) {
		this.subscription = subscription;
		this.maxEvents = maxEvents;
	}

	/** Whether there is a subscription that does not know yet where it is. */
	boolean isToBegin() {
		return this.subscription != null && this.subscription.get() == null;
	}

	/** The newest position of those that have come back and one that was answered. */
	@Nullable Position newest(@Nullable Position answered) {
		Position seen = this.subscription != null ? this.subscription.get() : null;
		if (answered == null || seen == null || !seen.epoch().equals(answered.epoch())) {
			return answered != null ? answered : seen;
		}
		return seen.sequence() > answered.sequence() ? seen : answered;
	}

	void published(Position upTo, long bytes) {
		this.ahead.add(new Published(upTo, bytes));
		this.bytes += bytes;
	}

	/** Whether the subscription is too far behind to publish more. */
	boolean isFarBehind() {
		Position seen = this.subscription != null ? this.subscription.get() : null;
		Published newest = this.ahead.peekLast();
		if (newest == null || seen == null || !seen.epoch().equals(newest.upTo().epoch())) {
			// Nothing can be compared, so nothing is waited for.
			this.ahead.clear();
			this.bytes = 0;
			return false;
		}
		while (!this.ahead.isEmpty() && this.ahead.peek().isSeenBy(seen)) {
			this.bytes -= this.ahead.remove().bytes();
		}
		return newest.upTo().sequence() - seen.sequence() > this.maxEvents || this.bytes > MAX_BYTES;
	}

	private record Published(Position upTo, long bytes) {

		boolean isSeenBy(Position seen) {
			return !this.upTo.epoch().equals(seen.epoch()) || this.upTo.sequence() <= seen.sequence();
		}

	}

}
