package io.github.sseredis.autoconfigure;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.github.sseredis.redis.RedisSubscription;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Meters of the subscription that feeds the event log. */
final class SubscriptionMeters implements MeterBinder {

	private final RedisSubscription subscription;

	SubscriptionMeters(RedisSubscription subscription) {
		this.subscription = subscription;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("sse.subscription.up", this.subscription, (current) -> current.isReceiving() ? 1 : 0)
			.description("Whether events are received from Redis: 1 or 0")
			.register(registry);
		TimeGauge
			.builder("sse.subscription.silence", this.subscription, TimeUnit.NANOSECONDS,
					(current) -> current.silence().toNanos())
			.description("Time for which nothing was heard of the quietest partition")
			.register(registry);
		TimeGauge
			.builder("sse.subscription.round.trip", this.subscription, TimeUnit.NANOSECONDS,
					(current) -> current.roundTrip().toNanos())
			.description("Time that the last question to Redis took until it was heard on the channel")
			.register(registry);
		counter(registry, "sse.subscription.reopened", "Times that the subscription heard nothing and was opened anew",
				Tags.empty(), RedisSubscription::reopenings);
		String holes = "Times that events did not arrive and were looked for in Redis";
		counter(registry, "sse.holes", holes, Tags.of("outcome", "repaired"),
				(current) -> Math.max(0, current.holes() - current.unrepairedHoles()));
		counter(registry, "sse.holes", holes, Tags.of("outcome", "unrepaired"), RedisSubscription::unrepairedHoles);
		String dropped = "Messages of the channel that were not looked at";
		counter(registry, "sse.messages.dropped", dropped, Tags.of("reason", "overflow"),
				RedisSubscription::overflowedMessages);
		counter(registry, "sse.messages.dropped", dropped, Tags.of("reason", "foreign"),
				RedisSubscription::foreignMessages);
		counter(registry, "sse.messages.dropped", dropped, Tags.of("reason", "malformed"),
				RedisSubscription::malformedMessages);
	}

	private void counter(MeterRegistry registry, String name, String description, Tags tags,
			ToDoubleFunction<RedisSubscription> count) {
		FunctionCounter.builder(name, this.subscription, count).description(description).tags(tags).register(registry);
	}

}
