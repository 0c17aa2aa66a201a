package io.github.sseredis.redis;

import io.github.sseredis.BroadcastException;
import io.github.sseredis.BroadcastException.Outcome;
import io.github.sseredis.EncodedEvent;
import io.github.sseredis.PublishFuture;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to Redis. What is known about it is guarded by the lock of the
 * queue that it is in: whoever gives it up learns there, at that moment, whether it may
 * still arrive, and it is not sent again.
 */
final class PendingEvent {

	/** What an event costs beyond its fields while it waits. */
	private static final int OVERHEAD = 256;

	private final EncodedEvent event;

	private final PublishFuture future;

	/** Different from that of every other event of the sender. */
	private final long number;

	private final long deadline;

	private final long publishedAt = System.currentTimeMillis();

	// Guarded by the queue's lock.

	/** Whether a call is under way that carries it. */
	private boolean inCall;

	/** Whether a call that carried it may have been carried out without an answer. */
	private boolean maybeSent;

	private boolean givenUp;

	PendingEvent(EncodedEvent event, PublishFuture future, long number, long deadline) {
		this.event = event;
		this.future = future;
		this.number = number;
		this.deadline = deadline;
	}

	EncodedEvent event() {
		return this.event;
	}

	PublishFuture future() {
		return this.future;
	}

	long number() {
		return this.number;
	}

	boolean isOverdue(long now) {
		return now - this.deadline >= 0;
	}

	/** When it was published, by the clock of this machine. */
	long publishedAt() {
		return this.publishedAt;
	}

	int bytes() {
		return OVERHEAD + 2 * this.event.topic().length() + this.event.fields().length;
	}

	void callBegins() {
		this.inCall = true;
	}

	// What may have been carried out stays marked so, whatever a later call says.
	void callEnds(boolean outcomeUnknown) {
		this.maybeSent |= this.inCall && outcomeUnknown;
		this.inCall = false;
	}

	boolean isGivenUp() {
		return this.givenUp;
	}

	Outcome giveUp() {
		this.givenUp = true;
		return this.inCall || this.maybeSent ? Outcome.UNKNOWN : Outcome.NOT_SENT;
	}

	/** Fails the future, and with it whatever the caller attached to it. */
	void fail(Outcome outcome, String message, @Nullable Throwable cause) {
		this.future.fail(new BroadcastException(outcome, message + " (topic '" + this.event.topic() + "')", cause));
	}

}
