package io.github.sseredis.web;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How connections behave.
 *
 * @param timeout the life of a connection, before jitter; zero for no end
 * @param reconnectTime what {@code retry:} says, before jitter
 * @param heartbeatInterval the time without a write after which the position is sent
 * @param writeTimeout the time that a piece of at most 16 KiB may take
 * @param drain the time over which the ends are spread when the application stops
 * @param connectEvent the type of an event sent at the open; null for none
 * @param resetEvent the type of the event that says that events may be missing
 */
public record ConnectionOptions(Duration timeout, Duration reconnectTime, Duration heartbeatInterval,
		Duration writeTimeout, Duration drain, @Nullable String connectEvent, String resetEvent) {

}
