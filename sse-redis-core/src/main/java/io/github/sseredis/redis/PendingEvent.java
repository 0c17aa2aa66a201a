package io.github.sseredis.redis;

import io.github.sseredis.BroadcastException;
import io.github.sseredis.BroadcastException.Outcome;
import io.github.sseredis.EncodedEvent;
import io.github.sseredis.PublishFuture;
import org.jspecify.annotations.Nullable;

/** An event on its way to Redis. */
final class PendingEvent {

	/** What an event costs beyond its fields while it waits. */
	private static final int OVERHEAD = 256;

	private final EncodedEvent event;

	private final PublishFuture future;

	private final String senderKey;

	private final long deadline;

	/**
	 * Whether a call that carried it may have been carried out without an answer. Written
	 * by the sender, before each call and after one that was refused for certain; read by
	 * whoever lets it fail.
	 */
	private volatile boolean maybeSent;

	/** Whether its future has been taken care of; guarded by the queue's lock. */
	private boolean expired;

	PendingEvent(EncodedEvent event, PublishFuture future, String senderKey, long deadline) {
		this.event = event;
		this.future = future;
		this.senderKey = senderKey;
		this.deadline = deadline;
	}

	EncodedEvent event() {
		return this.event;
	}

	PublishFuture future() {
		return this.future;
	}

	String senderKey() {
		return this.senderKey;
	}

	long deadline() {
		return this.deadline;
	}

	boolean maybeSent() {
		return this.maybeSent;
	}

	void setMaybeSent(boolean maybeSent) {
		this.maybeSent = maybeSent;
	}

	boolean isExpired() {
		return this.expired;
	}

	void expire() {
		this.expired = true;
	}

	int bytes() {
		return OVERHEAD + 2 * this.event.topic().length() + this.event.fields().length;
	}

	void fail(String message, @Nullable Throwable cause) {
		Outcome outcome = this.maybeSent ? Outcome.UNKNOWN : Outcome.NOT_SENT;
		this.future.fail(new BroadcastException(outcome, message + " (topic '" + this.event.topic() + "')", cause));
	}

}
