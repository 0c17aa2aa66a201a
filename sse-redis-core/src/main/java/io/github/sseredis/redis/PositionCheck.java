package io.github.sseredis.redis;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.redis.RedisPartition.Announcement;
import org.jspecify.annotations.Nullable;

/**
 * When to ask Redis for the position although nothing says that anything is missing: a
 * lost last message is followed by none that would show it. Redis tells the position to
 * all instances, so one that asks spares the others, and one that does not hear the
 * answer to its own question is deaf. Used by the appender's thread, if not said
 * otherwise.
 */
final class PositionCheck {

	/** After so long without a message of the partition the position is asked for. */
	private static final long QUIET_MILLIS = 2500;

	/** Up to so much longer, so that not all instances ask at once. */
	private static final long SPREAD_MILLIS = 1000;

	/** What is in Redis and not here may still be under way for so long. */
	private static final long IN_FLIGHT_MILLIS = 250;

	/** How long to listen, and how soon to ask again, when one answer was not heard. */
	private static final long DOUBT_MILLIS = 1000;

	private static final int DEAF = 2;

	private @Nullable Announcement announced;

	private long due;

	private int unheard;

	private long askedAt;

	// Read by any thread.

	private volatile long heardAt;

	private volatile long roundTrip;

	PositionCheck() {
		heard();
	}

	/** Notes that a message of the partition has come. */
	final void heard() {
		this.heardAt = System.nanoTime();
		if (this.announced != null) {
			this.roundTrip = this.heardAt - this.askedAt;
		}
		this.announced = null;
		this.unheard = 0;
		schedule(QUIET_MILLIS + ThreadLocalRandom.current().nextLong(SPREAD_MILLIS));
	}

	/** How long nothing has been heard; by any thread. */
	Duration silence() {
		return Duration.ofNanos(System.nanoTime() - this.heardAt);
	}

	/**
	 * How long it took from the last question until its answer was heard; zero if none
	 * was. By any thread.
	 */
	Duration roundTrip() {
		return Duration.ofNanos(this.roundTrip);
	}

	/** How long until there is something to do. */
	long nanosUntilDue() {
		return this.due - System.nanoTime();
	}

	boolean isDue() {
		return nanosUntilDue() <= 0;
	}

	/** The answer that should have been heard by now; null if it is time to ask. */
	@Nullable Announcement announced() {
		return this.announced;
	}

	/**
	 * Notes an answer.
	 * @param since when it was asked for
	 */
	void asked(Announcement announcement, long since) {
		this.askedAt = since;
		this.announced = announcement;
		schedule(this.unheard == 0 ? IN_FLIGHT_MILLIS : DOUBT_MILLIS);
	}

	/** Notes that an answer was not heard in time; returns whether nothing will be. */
	boolean unheard(Announcement announcement) {
		this.announced = null;
		if (!announcement.sent()) {
			schedule(QUIET_MILLIS);
			return false;
		}
		this.unheard++;
		boolean deaf = this.unheard >= DEAF;
		if (deaf) {
			this.unheard = 0;
		}
		schedule(deaf ? QUIET_MILLIS : DOUBT_MILLIS);
		return deaf;
	}

	private void schedule(long millis) {
		this.due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
	}

}
