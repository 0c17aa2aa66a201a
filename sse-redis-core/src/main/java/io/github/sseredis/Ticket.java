package io.github.sseredis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the holder of a ticket may open.
 *
 * @param topics what the stream receives
 * @param principal whose stream it is; null if anonymous
 * @param expiresAt when the authentication of the principal expires; null for never
 * @param timeout the life of the stream; null for {@code sse.timeout}
 */
public record Ticket(List<String> topics, @Nullable String principal, @Nullable Instant expiresAt,
		@Nullable Duration timeout) {

	public Ticket {
		topics = List.copyOf(topics);
		if (timeout != null && timeout.isNegative()) {
			throw new IllegalArgumentException("timeout must not be negative, got " + timeout);
		}
	}

}
