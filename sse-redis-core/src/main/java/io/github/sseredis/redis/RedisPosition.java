package io.github.sseredis.redis;

import io.github.sseredis.log.Lineage;
import io.github.sseredis.log.Position;
import org.jspecify.annotations.Nullable;

/**
 * The position of a partition in Redis.
 *
 * @param epoch the epoch
 * @param sequence the number of the newest event
 * @param was the position up to which an earlier epoch is contained in this one; null if
 * none is
 * @param application who made the keys
 */
record RedisPosition(String epoch, long sequence, @Nullable Position was, String application) {

	Lineage lineage() {
		return new Lineage(this.epoch, this.was);
	}

	/** Returns the position in the form that scripts give, or null if it is empty. */
	static @Nullable Position parse(String text) {
		int colon = text.indexOf(':');
		return colon < 0 ? null : new Position(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
	}

}
