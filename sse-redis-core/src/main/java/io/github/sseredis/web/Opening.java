package io.github.sseredis.web;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a connection begins with.
 *
 * @param topics the topics granted; none if it was not admitted
 * @param lastEventId what the client sent; null if nothing
 * @param life how long it lasts, before jitter; zero for no end
 * @param expiry the time left to the authentication of its owner; null for any
 */
record Opening(List<String> topics, @Nullable String lastEventId, Duration life, @Nullable Duration expiry) {

	/** Returns the opening of a stream that only says when to come back. */
	static Opening refused() {
		return new Opening(List.of(), null, Duration.ZERO, null);
	}

}
