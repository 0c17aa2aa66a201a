package io.github.sseredis.checker;

import org.jspecify.annotations.Nullable;

/**
 * A promise that was broken.
 *
 * @param kind which
 * @param client to whom
 * @param event by which event; null if by none
 * @param detail what more there is to say
 */
record Violation(Kind kind, String client, @Nullable NumberedEvent event, String detail) {

	/** The ways in which a promise can be broken. */
	enum Kind {

		/** An event came twice. */
		DUPLICATE,

		/** An event came after a later one of its producer. */
		REORDERED,

		/** An acknowledged event did not come and no reset said so in time. */
		MISSING,

		/** Between two events another client saw something else, and no reset said so. */
		DISAGREEMENT,

		/** An event came of a topic that the client was not granted. */
		FOREIGN,

		/** An event came that had failed as not sent. */
		NOT_SENT_ARRIVED,

		/** An event came that nobody had published. */
		INVENTED,

		/** A stream was refused in a way that a browser takes as final. */
		REFUSED

	}

	@Override
	public String toString() {
		return this.kind + " at " + this.client + ": " + this.event + " " + this.detail;
	}

}
