package io.github.sseredis.test;

import org.jspecify.annotations.Nullable;

/**
 * An event as an {@link SseTestClient} received it.
 *
 * @param order the number of the event in this client, from 0
 * @param connection the number of the connection that brought it, from 0
 * @param type the event type, {@code message} if the stream named none
 * @param id the last event ID with this event, null if the stream has sent none
 * @param data the data
 * @param nanos when it arrived, as {@link System#nanoTime()}
 */
public record SseTestEvent(int order, int connection, String type, @Nullable String id, String data, long nanos) {

}
