package io.github.sseredis.autoconfigure;

import io.github.sseredis.AbstractBroadcaster;
import io.github.sseredis.EventEncoder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Meters of a broadcaster, of whatever kind. */
final class PublishMeters implements MeterBinder {

	static final String REFUSED = "sse.refused";

	static final String REFUSED_DESCRIPTION = "Connections and events that a limit did not admit";

	private final AbstractBroadcaster broadcaster;

	private final EventEncoder eventEncoder;

	PublishMeters(AbstractBroadcaster broadcaster, EventEncoder eventEncoder) {
		this.broadcaster = broadcaster;
		this.eventEncoder = eventEncoder;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder(REFUSED, this.eventEncoder, EventEncoder::payloadRefusalCount)
			.description(REFUSED_DESCRIPTION)
			.tag("limit", "payload")
			.register(registry);
		FunctionCounter.builder("sse.publish.unobserved", this.broadcaster, AbstractBroadcaster::unobservedFailures)
			.description("Publications that failed while nobody waited for the result")
			.register(registry);
	}

}
