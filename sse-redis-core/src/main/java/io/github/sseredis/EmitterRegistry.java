package io.github.sseredis;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;

import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The open connections of this instance. A controller opens one by returning what
 * {@code subscribe} gives it, as it is or inside a {@code ResponseEntity}. Thread-safe.
 *
 * <p>
 * A connection ends with its life ({@code sse.timeout}), when its client leaves, when it
 * does not read for {@code sse.write-timeout}, or when the application stops; an
 * {@code EventSource} then comes back by itself and receives what it missed.
 *
 * <p>
 * On a returned emitter {@code complete()} and the {@code onX} callbacks work.
 * {@code send} throws: events reach a connection through its topics.
 *
 * <p>
 * Not for hosts to implement: methods may be added.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG,
 * server-sent events</a>
 */
public interface EmitterRegistry {

	/**
	 * Opens a connection on topics for the current request, whose last event ID (header
	 * {@code Last-Event-ID}, else query parameter {@code lastEventId}, else
	 * {@code last-event-id}) and principal it takes. Over a limit ({@code sse.limits.*})
	 * or while the application stops, the stream returned just asks the client to come
	 * back later.
	 * @param topics what to receive; matched exactly. Whoever calls decides that the
	 * client may receive them
	 * @throws IllegalArgumentException if a topic is not valid, or none is given
	 * @throws IllegalStateException outside a request
	 */
	SseEmitter subscribe(String... topics);

	/**
	 * Opens a connection as the request says.
	 * @throws IllegalArgumentException if a topic is not valid, or none is given
	 * @throws IllegalStateException outside a request
	 * @see #subscribe(String...)
	 */
	SseEmitter subscribe(SubscribeRequest request);

	/**
	 * Answers the current request as if it were over a limit: a stream that has events to
	 * say why, asks the client to come back after ten times the reconnect time, and ends.
	 * For what may be different later: to a browser an error status is final.
	 * @param events what to say, without an ID; may be none
	 * @throws IllegalStateException outside a request
	 */
	SseEmitter refuse(SseEvent... events);

	/**
	 * Ends all connections of a principal, on every instance: those that are its own, and
	 * those that its requests have opened under another name.
	 * @return completes when the order is stored, from where every instance takes it;
	 * fails with a {@link BroadcastException}. The connections of this instance end at
	 * once in any case
	 */
	CompletableFuture<Void> disconnect(String principal);

	/** The number of connections of this instance that count against its limits. */
	int connectionCount();

	/** The number of connections of this instance that receive a topic. */
	int connectionCount(String topic);

	/** A snapshot of the connections of this instance. */
	Collection<ConnectionInfo> connections();

}
