package io.github.sseredis.autoconfigure;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Says that events stay within this process, where nothing can keep them from streams.
 */
final class LocalHealthIndicator extends AbstractHealthIndicator {

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up().withDetail("broadcaster", "local");
	}

}
