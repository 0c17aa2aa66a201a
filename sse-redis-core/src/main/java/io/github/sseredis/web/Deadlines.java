package io.github.sseredis.web;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What time does to a connection: its life is over, the authentication of its owner
 * expires, its position is due on the wire. The supervisor looks, and marks; the drainer
 * acts, and says when it wrote. A mark that is left while the drainer writes something
 * else costs one block too many, never one too few: the drainer takes the mark before it
 * looks for what to write.
 */
final class Deadlines {

	private static final long NEVER = Long.MAX_VALUE;

	private final long heartbeatInterval;

	private final long expiry;

	/** Written by who opens the connection and by who begins the shutdown. */
	private volatile long lifeEnd;

	/** Written by the drainer. */
	private volatile long lastWrite;

	/** Set by the supervisor, cleared by the drainer. */
	private volatile boolean heartbeatDue;

	/**
	 * Creates the deadlines of a connection that opens.
	 * @param heartbeatInterval the time without a write after which a heartbeat is due
	 */
	Deadlines(long now, Opening opening, Jitter jitter, Duration heartbeatInterval) {
		this.heartbeatInterval = heartbeatInterval.toNanos();
		this.expiry = opening.expiry() != null ? now + opening.expiry().toNanos() : NEVER;
		this.lifeEnd = opening.life().isZero() ? NEVER : now + jitter.shorten(opening.life()).toNanos();
		this.lastWrite = now;
	}

	/** Ends the life at a time, if it does not end before. */
	void endLifeAt(long time) {
		this.lifeEnd = Math.min(this.lifeEnd, time);
	}

	/**
	 * Returns why the connection ends by now, if it does.
	 * @param lifeOver why one ends whose life is over
	 */
	@Nullable EndReason passed(long now, EndReason lifeOver) {
		if (now >= this.expiry) {
			return EndReason.EXPIRED;
		}
		return now >= this.lifeEnd ? lifeOver : null;
	}

	/**
	 * Marks that a heartbeat is due, if it is.
	 * @return whether the drainer has to be told
	 */
	boolean markHeartbeat(long now) {
		if (this.heartbeatDue || now - this.lastWrite < this.heartbeatInterval) {
			return false;
		}
		this.heartbeatDue = true;
		return true;
	}

	/** Takes the mark of {@link #markHeartbeat}. */
	boolean takeHeartbeat() {
		boolean due = this.heartbeatDue;
		if (due) {
			this.heartbeatDue = false;
		}
		return due;
	}

	/** Something was written, so that no heartbeat is due for a while. */
	void written(long now) {
		this.lastWrite = now;
	}

}
