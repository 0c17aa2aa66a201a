package io.github.sseredis;

import org.jspecify.annotations.Nullable;

/**
 * Why an event was not published, or is not known to be. {@link #outcome()} tells which.
 * Never thrown by a {@link Broadcaster}: its future fails with it.
 */
public class BroadcastException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Outcome outcome;

	public BroadcastException(Outcome outcome, String message, @Nullable Throwable cause) {
		super(outcome.text + ": " + message, cause);
		this.outcome = outcome;
	}

	/** Whether the event may still arrive. */
	public Outcome outcome() {
		return this.outcome;
	}

	/** What is known about the event. */
	public enum Outcome {

		/** The event was not sent and will not arrive. */
		NOT_SENT("not sent"),

		/** The event was sent without an answer: it may still arrive, once. */
		UNKNOWN("outcome unknown");

		private final String text;

		Outcome(String text) {
			this.text = text;
		}

	}

}
