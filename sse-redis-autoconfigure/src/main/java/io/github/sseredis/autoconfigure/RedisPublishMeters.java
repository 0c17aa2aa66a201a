package io.github.sseredis.autoconfigure;

import io.github.sseredis.redis.RedisBroadcaster;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Meters of what waits to be published to Redis. */
final class RedisPublishMeters implements MeterBinder {

	private final RedisBroadcaster broadcaster;

	RedisPublishMeters(RedisBroadcaster broadcaster) {
		this.broadcaster = broadcaster;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("sse.publish.pending", this.broadcaster, RedisBroadcaster::pendingEvents)
			.description("Events that Redis has not taken yet")
			.register(registry);
		Gauge.builder("sse.publish.buffer", this.broadcaster, RedisBroadcaster::bufferedBytes)
			.description("Memory of the events that Redis has not taken yet")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
	}

}
