package io.github.sseredis.web;

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.github.sseredis.SubscribeRequest;
import io.github.sseredis.TopicName;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What a subscription says together with the current request: what the one leaves open,
 * the other answers.
 *
 * @param http the current request
 * @param request the subscription
 */
record ClientRequest(HttpServletRequest http, SubscribeRequest request) {

	private static final String LAST_EVENT_ID_HEADER = "Last-Event-ID";

	/**
	 * Returns the subscription together with the request of this thread.
	 * @throws IllegalArgumentException if a topic is not valid, or none is given
	 * @throws IllegalStateException outside a request
	 */
	static ClientRequest current(SubscribeRequest request) {
		if (request.topics().isEmpty()) {
			throw new IllegalArgumentException("A connection needs a topic, got none");
		}
		request.topics().forEach(TopicName::requireValid);
		RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
		if (!(attributes instanceof ServletRequestAttributes servlet)) {
			throw new IllegalStateException("No current request: subscribe on the thread of a Spring MVC request, "
					+ "and return the emitter from its controller");
		}
		return new ClientRequest(servlet.getRequest(), request);
	}

	List<String> topics() {
		return List.copyOf(this.request.topics());
	}

	ConnectionOwner owner() {
		String principal = this.request.principal();
		if (principal == null) {
			Principal authenticated = this.http.getUserPrincipal();
			principal = authenticated != null ? authenticated.getName() : null;
		}
		return new ConnectionOwner(principal, this.http.getRemoteAddr());
	}

	/** What the client sent; null if nothing: an empty ID is none. */
	@Nullable String lastEventId() {
		String id = this.request.lastEventId();
		if (id == null) {
			id = this.http.getHeader(LAST_EVENT_ID_HEADER);
			id = StringUtils.hasText(id) ? id : this.http.getParameter("lastEventId");
			id = StringUtils.hasText(id) ? id : this.http.getParameter("last-event-id");
		}
		return StringUtils.hasText(id) ? id : null;
	}

	Opening opening(Duration timeout) {
		return new Opening(topics(), lastEventId(), Objects.requireNonNullElse(this.request.timeout(), timeout));
	}

	WriteAborter aborter() {
		return WriteAborter.forRequest(this.http);
	}

	Handover handover() {
		return Handover.forRequest(this.http);
	}

	boolean isHead() {
		return "HEAD".equals(this.http.getMethod());
	}

}
