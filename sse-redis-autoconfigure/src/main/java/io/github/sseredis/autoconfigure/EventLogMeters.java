package io.github.sseredis.autoconfigure;

import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.PartitionLog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Meters of the event log. */
final class EventLogMeters implements MeterBinder {

	private final EventLog log;

	EventLogMeters(EventLog log) {
		this.log = log;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (PartitionLog partition : this.log.partitions()) {
			FunctionCounter.builder("sse.events.appended", partition, PartitionLog::appendedCount)
				.description("Events of all topics that have come into the event log")
				.tag("partition", String.valueOf(partition.partition()))
				.register(registry);
		}
		Gauge.builder("sse.log.memory", this.log, EventLog::bytes)
			.description("Memory of the event log, of which sse.log.memory is the limit")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
	}

}
