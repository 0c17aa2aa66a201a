package io.github.sseredis.test;

import java.net.URI;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A connection that an {@link SseTestClient} opened.
 *
 * @param uri the address
 * @param status the HTTP status, 200 to 299
 * @param headers the headers of the response, names in any case
 * @param lastEventId the {@code Last-Event-ID} that the client sent, null if none
 * @param nanos when the headers arrived, as {@link System#nanoTime()}
 */
public record SseOpening(URI uri, int status, Map<String, String> headers, @Nullable String lastEventId, long nanos) {

}
