package io.github.sseredis;

/** Tickets can be neither stored nor read at the moment. */
public class TicketStoreException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public TicketStoreException(String message, Throwable cause) {
		super(message, cause);
	}

}
