package io.github.sseredis.test;

import java.net.URI;
import java.time.Duration;

import javax.net.ssl.SSLContext;

/**
 * How an {@link SseClient} works.
 *
 * @param uri the stream
 * @param fields the headers it sends, each with its line end
 * @param deadline how long it waits for anything
 * @param resetType the type of the event that says that events may be missing
 * @param sslContext for {@code https}
 */
record ClientOptions(URI uri, String fields, Duration deadline, String resetType, SSLContext sslContext) {

}
