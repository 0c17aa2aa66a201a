package io.github.sseredis.redis;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
 * @param was the positions up to which earlier epochs are contained in this one, the
 * newest first
 * @param application who made the keys
 */
record RedisPosition(String epoch, long sequence, List<Position> was, String application) {

	private static final Pattern FORM = Pattern.compile("(\\w+):(\\d{1,15})");

	Lineage lineage() {
		return new Lineage(this.epoch, this.was);
	}

	/** Returns what scripts give as the positions of earlier epochs. */
	static List<Position> parseAll(String text) {
		return Arrays.stream(text.split(" ")).map(RedisPosition::parse).filter(Objects::nonNull).toList();
	}

	/** Returns the position in the form that scripts give, or null if it is not of it. */
	static @Nullable Position parse(String text) {
		Matcher matcher = FORM.matcher(text);
		return matcher.matches() ? new Position(matcher.group(1), Long.parseLong(matcher.group(2))) : null;
	}

}
