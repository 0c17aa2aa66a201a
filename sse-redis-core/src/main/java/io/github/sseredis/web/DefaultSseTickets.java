package io.github.sseredis.web;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SseEvent;
import io.github.sseredis.SseTickets;
import io.github.sseredis.SubscribeRequest;
import io.github.sseredis.Ticket;
import io.github.sseredis.TicketStore;
import io.github.sseredis.TicketStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tickets in a store, redeemed for connections of a registry. */
public final class DefaultSseTickets implements SseTickets {

	private static final Logger logger = LoggerFactory.getLogger(SseTickets.class);

	private static final int BYTES = 32;

	private static final SseEvent EXPIRED = SseEvent.of(EXPIRED_EVENT, "{}");

	private final SecureRandom random = new SecureRandom();

	private final TicketStore store;

	private final Duration ttl;

	private final EmitterRegistry emitterRegistry;

	private final OwnerResolver ownerResolver;

	/**
	 * Creates tickets.
	 * @param ttl how long a ticket can be used
	 * @param ownerResolver finds out whom a ticket is issued to
	 */
	public DefaultSseTickets(TicketStore store, Duration ttl, EmitterRegistry emitterRegistry,
			OwnerResolver ownerResolver) {
		this.store = store;
		this.ttl = ttl;
		this.emitterRegistry = emitterRegistry;
		this.ownerResolver = ownerResolver;
	}

	@Override
	public String issue(String... topics) {
		return issue(SubscribeRequest.of(topics));
	}

	@Override
	public String issue(SubscribeRequest request) {
		ClientRequest client = ClientRequest.current(request, this.ownerResolver);
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		this.store.put(ticket,
				new Ticket(client.topics(), client.owner().principal(), client.expiresAt(), request.timeout()),
				this.ttl);
		return ticket;
	}

	@Override
	public SseEmitter subscribe(@Nullable String ticket) {
		Optional<Ticket> taken;
		try {
			taken = ticket != null ? this.store.take(ticket) : Optional.empty();
		}
		catch (TicketStoreException ex) {
			logger.debug("A ticket cannot be read", ex);
			return this.emitterRegistry.refuse();
		}
		return taken.map((granted) -> this.emitterRegistry.subscribe(request(granted)))
			.orElseGet(() -> this.emitterRegistry.refuse(EXPIRED));
	}

	private static SubscribeRequest request(Ticket ticket) {
		return SubscribeRequest.builder()
			.topics(ticket.topics())
			.principal(ticket.principal())
			.expiresAt(ticket.expiresAt())
			.timeout(ticket.timeout())
			.build();
	}

}
