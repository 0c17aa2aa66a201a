package io.github.sseredis.checker;

/**
 * What a producer knows of an event that it published. Written by the producer and by
 * whoever completes its future, read by others.
 */
final class Publication {

	private final NumberedEvent event;

	private final long nanos;

	private volatile long decidedNanos = Long.MAX_VALUE;

	private volatile Outcome outcome = Outcome.PENDING;

	Publication(NumberedEvent event, long nanos) {
		this.event = event;
		this.nanos = nanos;
	}

	NumberedEvent event() {
		return this.event;
	}

	/** When {@code broadcast} was called, as {@link System#nanoTime()}. */
	long nanos() {
		return this.nanos;
	}

	Outcome outcome() {
		return this.outcome;
	}

	/** When the outcome was told; {@link Long#MAX_VALUE} while it is not. */
	long decidedNanos() {
		return this.decidedNanos;
	}

	void decided(Outcome outcome, long nanos) {
		this.decidedNanos = nanos;
		this.outcome = outcome;
	}

	/** What the future of an event has told. */
	enum Outcome {

		PENDING, ACKNOWLEDGED, NOT_SENT, UNKNOWN

	}

}
