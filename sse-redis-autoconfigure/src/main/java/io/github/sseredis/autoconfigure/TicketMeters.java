package io.github.sseredis.autoconfigure;

import io.github.sseredis.redis.RedisTicketStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Meters of the tickets in Redis. */
final class TicketMeters implements MeterBinder {

	private final RedisTicketStore store;

	TicketMeters(RedisTicketStore store) {
		this.store = store;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder("sse.tickets.corrupt", this.store, RedisTicketStore::corruptCount)
			.description("Entries in the place of a ticket that were none")
			.register(registry);
	}

}
