package io.github.sseredis;

import java.time.Duration;
import java.util.Optional;

/** Where tickets are until they are used. Thread-safe. */
public interface TicketStore {

	/**
	 * Keeps a ticket.
	 * @param id what it is taken by; unpredictable
	 * @param ttl for how long
	 * @throws TicketStoreException if it may not have been kept
	 */
	void put(String id, Ticket ticket, Duration ttl);

	/**
	 * Removes a ticket and returns it: of many who ask, one gets it.
	 * @return the ticket; empty if there is none, or what is there is none
	 * @throws TicketStoreException if that cannot be told
	 */
	Optional<Ticket> take(String id);

}
