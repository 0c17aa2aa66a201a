package io.github.sseredis.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * What values of properties must be. Not Bean Validation, which the host may not have.
 */
final class PropertyCheck {

	/** Redis and the timers count whole milliseconds. */
	private static final Duration MIN_DURATION = Duration.ofMillis(1);

	/** Nanoseconds beyond three times this do not fit into a long. */
	private static final Duration MAX_DURATION = Duration.ofDays(36_500);

	private PropertyCheck() {
	}

	static void that(boolean valid, String key, @Nullable Object value, String reason) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException(key, value, reason);
		}
	}

	static void positive(String key, int value) {
		that(value > 0, key, value, "must be greater than 0");
	}

	static void positive(String key, DataSize value) {
		that(value.toBytes() > 0, key, value, "must be greater than 0");
	}

	static void positive(String key, Duration value) {
		that(value.compareTo(MIN_DURATION) >= 0, key, value, "must be at least 1 ms");
		notTooLong(key, value);
	}

	static void notNegative(String key, int value) {
		that(value >= 0, key, value, "must not be negative");
	}

	static void notNegative(String key, Duration value) {
		that(!value.isNegative(), key, value, "must not be negative");
		notTooLong(key, value);
	}

	static void eventType(String key, @Nullable String value) {
		if (value == null) {
			return;
		}
		that(!value.isBlank(), key, value, "must not be blank");
		that(value.chars().noneMatch((c) -> c == '\r' || c == '\n' || c == 0), key, value,
				"must have no CR, LF or NUL, which would break the framing of the stream");
	}

	static void prefix(String key, @Nullable String value) {
		that(value == null || (value.indexOf('{') < 0 && value.indexOf('}') < 0), key, value,
				"must have no '{' or '}', which Redis Cluster gives a meaning");
	}

	private static void notTooLong(String key, Duration value) {
		that(value.compareTo(MAX_DURATION) <= 0, key, value, "must be at most " + MAX_DURATION.toDays() + " days");
	}

}
