package io.github.sseredis;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * The observation of one publication. It belongs to what the caller's thread observes,
 * and ends once, on whatever thread learns what became of the event. Nothing runs in its
 * scope.
 */
final class PublishObservation {

	static final PublishObservation NONE = new PublishObservation(Observation.NOOP);

	private static final String NAME = "sse.publish";

	private static final String OUTCOME = "outcome";

	private final Observation observation;

	private final AtomicBoolean stopped = new AtomicBoolean();

	private PublishObservation(Observation observation) {
		this.observation = observation;
	}

	static PublishObservation start(ObservationRegistry registry, String topic) {
		if (registry.isNoop()) {
			return NONE;
		}
		Observation observation = Observation.start(NAME, registry);
		return observation.isNoop() ? NONE : new PublishObservation(
				observation.contextualName("sse publish").highCardinalityKeyValue("topic", topic));
	}

	void stored() {
		if (ends()) {
			stop("stored");
		}
	}

	void failed(BroadcastException reason) {
		if (ends()) {
			this.observation.error(reason);
			stop(reason.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
		}
	}

	private boolean ends() {
		return !this.observation.isNoop() && this.stopped.compareAndSet(false, true);
	}

	private void stop(String outcome) {
		this.observation.lowCardinalityKeyValue(OUTCOME, outcome).stop();
	}

}
