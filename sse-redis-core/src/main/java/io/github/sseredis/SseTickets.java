package io.github.sseredis;

import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One-time tickets, for an {@code EventSource} that can send neither a cookie nor a
 * header: a request that is authenticated otherwise takes a ticket, and the stream is
 * opened with it in the URL. A ticket is bound to its principal and its topics, opens one
 * stream and is short-lived ({@code sse.ticket.ttl}), so one that ends up in a log is
 * worth nothing. Any instance takes what another has issued. Thread-safe.
 *
 * <p>
 * An {@code EventSource} comes back with the same URL. A ticket that is used, expired or
 * unknown is therefore answered with a stream that says {@value #EXPIRED_EVENT},
 * whereupon the client closes it, takes a new ticket, and opens a stream with that and
 * its {@code lastEventId}.
 *
 * <p>
 * Not for hosts to implement: methods may be added.
 */
public interface SseTickets {

	/** The type of the event that asks a client for a new ticket. */
	String EXPIRED_EVENT = "ticket-expired";

	/**
	 * Issues a ticket for a stream of topics, bound to the principal of the current
	 * request.
	 * @param topics what the stream will receive; whoever calls decides that the client
	 * may
	 * @return the ticket, of characters that need no escaping in a URL
	 * @throws IllegalArgumentException if a topic is not valid, or none is given
	 * @throws IllegalStateException outside a request
	 * @throws TicketStoreException if the ticket cannot be stored
	 */
	String issue(String... topics);

	/**
	 * Issues a ticket for a stream as the request says: its topics, its principal, when
	 * its authentication expires, and its life. The rest is left to the opening.
	 * @see #issue(String...)
	 */
	String issue(SubscribeRequest request);

	/**
	 * Opens a connection for the current request with a ticket, which is used up, or
	 * answers it as said above. While tickets cannot be read, the client is only asked to
	 * come back.
	 * @param ticket what the client sent; null if nothing
	 * @throws IllegalStateException outside a request
	 */
	SseEmitter subscribe(@Nullable String ticket);

}
