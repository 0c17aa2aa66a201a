package io.github.sseredis.autoconfigure;

import java.time.Duration;

import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.redis.RedisSubscription;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether events get to Redis and from there. Asks nobody: the subscription asks Redis
 * every few seconds when it hears nothing, and a publication that fails is repeated.
 */
final class RedisHealthIndicator extends AbstractHealthIndicator {

	private final RedisBroadcaster broadcaster;

	private final @Nullable RedisSubscription subscription;

	/**
	 * Creates an indicator.
	 * @param subscription null where no streams are served
	 */
	RedisHealthIndicator(RedisBroadcaster broadcaster, @Nullable RedisSubscription subscription) {
		this.broadcaster = broadcaster;
		this.subscription = subscription;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		builder.withDetail("broadcaster", "redis")
			.withDetail("pendingPublishes", this.broadcaster.pendingEvents())
			.withDetail("pendingBytes", this.broadcaster.bufferedBytes());
		// What failed last says nothing of now if nothing has been tried since.
		String publishing = this.broadcaster.failure();
		if (this.broadcaster.bufferedBytes() > 0 && !publishing.isEmpty()) {
			builder.down().withDetail("publishing", publishing);
		}
		if (this.subscription != null) {
			addSubscription(builder, this.subscription);
		}
	}

	private static void addSubscription(Health.Builder builder, RedisSubscription subscription) {
		boolean receiving = subscription.isReceiving();
		builder.withDetail("receiving", receiving)
			.withDetail("lastHeard", millis(subscription.silence()) + " ago")
			.withDetail("lastRoundTrip",
					subscription.roundTrip().isZero() ? "none yet" : millis(subscription.roundTrip()));
		if (!receiving) {
			builder.down();
		}
		String reading = subscription.failure();
		if (!reading.isEmpty()) {
			builder.withDetail("reading", reading);
		}
	}

	private static String millis(Duration duration) {
		return duration.toMillis() + " ms";
	}

}
