package io.github.sseredis.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.github.sseredis.web.ConnectionStatistics;
import io.github.sseredis.web.DefaultEmitterRegistry;
import io.github.sseredis.web.Limit;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Meters of the connections of an instance. */
final class ConnectionMeters implements MeterBinder {

	private static final Duration SHORTEST_LAG = Duration.ofMillis(1);

	private static final Duration LONGEST_LAG = Duration.ofMinutes(1);

	private final DefaultEmitterRegistry emitterRegistry;

	private final ConnectionStatistics statistics;

	ConnectionMeters(DefaultEmitterRegistry emitterRegistry) {
		this.emitterRegistry = emitterRegistry;
		this.statistics = emitterRegistry.statistics();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bindLives(registry);
		bindRefusals(registry);
		bindWrites(registry);
		bindResumes(registry);
	}

	private void bindLives(MeterRegistry registry) {
		Gauge.builder("sse.connections", this.emitterRegistry, DefaultEmitterRegistry::connectionCount)
			.description("Open connections, as they count against sse.limits.connections")
			.register(registry);
		Gauge.builder("sse.connections.lag", this.emitterRegistry, DefaultEmitterRegistry::greatestLag)
			.description("Events of the log that the slowest connection has not been served yet")
			.register(registry);
		counter(registry, "sse.connections.opened", "Connections opened", Tags.empty(), ConnectionStatistics::opened);
		this.statistics.endedByReason()
			.forEach((reason, count) -> counter(registry, "sse.connections.ended", "Connections ended",
					Tags.of("reason", reason), (statistics) -> count.getAsLong()));
	}

	private void bindRefusals(MeterRegistry registry) {
		for (Limit limit : Limit.values()) {
			FunctionCounter
				.builder(PublishMeters.REFUSED, this.emitterRegistry,
						(emitterRegistry) -> emitterRegistry.refusalCount(limit))
				.description(PublishMeters.REFUSED_DESCRIPTION)
				.tag("limit", limit.key())
				.register(registry);
		}
	}

	private void bindWrites(MeterRegistry registry) {
		counter(registry, "sse.frames", "Events written, counted for each connection that received them", Tags.empty(),
				ConnectionStatistics::frames);
		counter(registry, "sse.writes", "Writes, each of one event or several or of a heartbeat", Tags.empty(),
				ConnectionStatistics::writes);
		FunctionCounter.builder("sse.written", this.statistics, ConnectionStatistics::bytes)
			.description("Bytes written to clients")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		counter(registry, "sse.writes.aborted", "Writes aborted since the client did not read", Tags.empty(),
				ConnectionStatistics::abortedWrites);
		Gauge.builder("sse.coalescing.ratio", this.statistics, ConnectionMeters::coalescingRatio)
			.description("Events in a write, on average since the start")
			.register(registry);
		Timer lag = Timer.builder("sse.delivery.lag")
			.description("Time from the publication of an event to the end of its write, "
					+ "for the oldest event of each drain")
			.publishPercentileHistogram()
			.minimumExpectedValue(SHORTEST_LAG)
			.maximumExpectedValue(LONGEST_LAG)
			.register(registry);
		this.statistics.setLagListener((nanos) -> lag.record(nanos, TimeUnit.NANOSECONDS));
	}

	private void bindResumes(MeterRegistry registry) {
		resumes(registry, "memory", "none", ConnectionStatistics::resumedFromMemory);
		resumes(registry, "redis", "none", ConnectionStatistics::resumedFromHistory);
		this.statistics.resumedByReset()
			.forEach((reason, count) -> resumes(registry, "reset", reason, (statistics) -> count.getAsLong()));
		this.statistics.resetsByReason()
			.forEach((reason, count) -> counter(registry, "sse.resets", "Reset events written",
					Tags.of("reason", reason), (statistics) -> count.getAsLong()));
	}

	private void resumes(MeterRegistry registry, String outcome, String reason,
			ToDoubleFunction<ConnectionStatistics> count) {
		counter(registry, "sse.resumes", "Clients that came with a last event ID",
				Tags.of("outcome", outcome, "reason", reason), count);
	}

	private void counter(MeterRegistry registry, String name, String description, Tags tags,
			ToDoubleFunction<ConnectionStatistics> count) {
		FunctionCounter.builder(name, this.statistics, count).description(description).tags(tags).register(registry);
	}

	private static double coalescingRatio(ConnectionStatistics statistics) {
		long writes = statistics.writes();
		return writes > 0 ? (double) statistics.frames() / writes : 0;
	}

}
