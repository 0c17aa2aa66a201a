package io.github.sseredis.redis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

	private static final Pattern FORM = Pattern.compile("(\\w+):(\\d{1,15})");

	Lineage lineage() {
		return new Lineage(this.epoch, this.was);
	}

	/** Returns the position in the form that scripts give, or null if it is not of it. */
	static @Nullable Position parse(String text) {
		Matcher matcher = FORM.matcher(text);
		return matcher.matches() ? new Position(matcher.group(1), Long.parseLong(matcher.group(2))) : null;
	}

}
