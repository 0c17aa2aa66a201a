package io.github.sseredis.autoconfigure;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SseTickets;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The ready-made endpoint: streams the topics that the resolver grants, or that a ticket
 * is for. A status other than 200 is final for a browser, so only what a reconnect cannot
 * change has one.
 */
@Controller
class SseEndpoint {

	private static final String TICKET = "ticket";

	private final EmitterRegistry emitterRegistry;

	private final GrantedTopics granted;

	private final @Nullable SseTickets tickets;

	/**
	 * Creates the endpoint.
	 * @param tickets what opens a stream instead of the resolver; null for nothing
	 */
	SseEndpoint(EmitterRegistry emitterRegistry, GrantedTopics granted, @Nullable SseTickets tickets) {
		this.emitterRegistry = emitterRegistry;
		this.granted = granted;
		this.tickets = tickets;
	}

	@GetMapping(path = "${sse.endpoint.path}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	public ResponseEntity<SseEmitter> stream(HttpServletRequest request) {
		String ticket = request.getParameter(TICKET);
		if (this.tickets != null && ticket != null) {
			return ResponseEntity.ok(this.tickets.subscribe(ticket));
		}
		return this.granted.of(request)
			.map((subscription) -> ResponseEntity.ok(this.emitterRegistry.subscribe(subscription)))
			.orElseGet(() -> ResponseEntity.status(GrantedTopics.refusal(request)).build());
	}

}
