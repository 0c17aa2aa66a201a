package io.github.sseredis.autoconfigure;

import io.github.sseredis.SseTickets;
import io.github.sseredis.TicketStoreException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Issues tickets for the topics that the resolver grants; what authenticates the request
 * is the application's. The answer is {@code {"ticket":"..."}}.
 */
@Controller
class TicketEndpoint {

	private final SseTickets tickets;

	private final GrantedTopics granted;

	TicketEndpoint(SseTickets tickets, GrantedTopics granted) {
		this.tickets = tickets;
		this.granted = granted;
	}

	@PostMapping("${sse.ticket.path}")
	public ResponseEntity<String> issue(HttpServletRequest request) {
		try {
			return this.granted.of(request)
				.map((subscription) -> ok(this.tickets.issue(subscription)))
				.orElseGet(() -> ResponseEntity.status(GrantedTopics.refusal(request)).build());
		}
		catch (TicketStoreException ex) {
			return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
		}
	}

	// A ticket has no character that JSON would escape.
	private static ResponseEntity<String> ok(String ticket) {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"ticket\":\"" + ticket + "\"}");
	}

}
