package io.github.sseredis.web;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

import io.github.sseredis.Ticket;
import io.github.sseredis.TicketStore;

/**
 * Tickets in the memory of one process. At its capacity the oldest ticket goes.
 */
public final class LocalTicketStore implements TicketStore {

	private static final int CAPACITY = 100_000;

	private final LongSupplier ticker;

	/** The oldest first; guarded by this. */
	private final Map<String, Kept> tickets = new LinkedHashMap<>();

	public LocalTicketStore() {
		this(System::nanoTime);
	}

	/**
	 * Creates a store.
	 * @param ticker the time in nanoseconds, from any origin
	 */
	LocalTicketStore(LongSupplier ticker) {
		this.ticker = ticker;
	}

	@Override
	public synchronized void put(String id, Ticket ticket, Duration ttl) {
		long now = this.ticker.getAsLong();
		this.tickets.put(id, new Kept(ticket, now + ttl.toNanos()));
		Iterator<Kept> oldest = this.tickets.values().iterator();
		while (oldest.hasNext() && (oldest.next().end() - now <= 0 || this.tickets.size() > CAPACITY)) {
			oldest.remove();
		}
	}

	@Override
	public synchronized Optional<Ticket> take(String id) {
		Kept kept = this.tickets.remove(id);
		return kept != null && kept.end() - this.ticker.getAsLong() > 0 ? Optional.of(kept.ticket()) : Optional.empty();
	}

	synchronized int size() {
		return this.tickets.size();
	}

	private record Kept(Ticket ticket, long end) {

	}

}
