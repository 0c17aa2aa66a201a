package io.github.sseredis;

import java.util.concurrent.CompletableFuture;

/**
 * What the caller of a broadcaster holds; tells the broadcaster's {@link PublishFailures}
 * of a failure that nobody was waiting for.
 */
public final class PublishFuture extends CompletableFuture<EventId> {

	private final PublishFailures failures;

	private volatile PublishObservation observation = PublishObservation.NONE;

	PublishFuture(PublishFailures failures) {
		this.failures = failures;
	}

	/** Sets what observes the publication; before the event is given to anyone. */
	void observe(PublishObservation observation) {
		this.observation = observation;
	}

	/** Completes the future with the ID of the event. */
	public void succeed(EventId id) {
		this.failures.succeeded();
		this.observation.stored();
		complete(id);
	}

	/** Fails the future; has no effect once it is complete. */
	public void fail(BroadcastException reason) {
		boolean awaited = getNumberOfDependents() > 0;
		this.observation.failed(reason);
		if (completeExceptionally(reason) && !awaited) {
			this.failures.unobserved(reason);
		}
	}

	// Dependent stages are the caller's: what becomes of them is none of our business.
	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

}
