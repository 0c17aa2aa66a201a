package io.github.sseredis.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.github.sseredis.EventId;
import io.github.sseredis.SubscribeRequest;
import io.github.sseredis.TopicName;
import io.github.sseredis.web.OwnerResolver.Owner;
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
 * @param authenticated whom the current request belongs to
 */
record ClientRequest(HttpServletRequest http, SubscribeRequest request, Owner authenticated) {

	private static final String LAST_EVENT_ID_HEADER = "Last-Event-ID";

	/** Longer than any process lives; nanoseconds of it can be added to. */
	private static final Duration LONG = Duration.ofDays(36_500);

	/**
	 * Returns the subscription together with the request of this thread.
	 * @throws IllegalArgumentException if a topic is not valid, or none is given
	 * @throws IllegalStateException outside a request
	 */
	static ClientRequest current(SubscribeRequest request, OwnerResolver ownerResolver) {
		if (request.topics().isEmpty()) {
			throw new IllegalArgumentException("A connection needs a topic, got none");
		}
		request.topics().forEach(TopicName::requireValid);
		HttpServletRequest http = currentHttp();
		return new ClientRequest(http, request, ownerResolver.resolve(http));
	}

	/**
	 * Returns the request of this thread.
	 * @throws IllegalStateException outside a request
	 */
	static HttpServletRequest currentHttp() {
		RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
		if (!(attributes instanceof ServletRequestAttributes servlet)) {
			throw new IllegalStateException("No current request: subscribe on the thread of a Spring MVC request, "
					+ "and return the emitter from its controller");
		}
		return servlet.getRequest();
	}

	List<String> topics() {
		return List.copyOf(this.request.topics());
	}

	ConnectionOwner owner() {
		String principal = this.request.principal();
		String login = this.authenticated.name();
		return new ConnectionOwner(principal != null ? principal : login, login, this.http.getRemoteAddr());
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

	/** Whether the ID that the client sent is longer than any of ours. */
	boolean isLastEventIdTooLong() {
		String id = lastEventId();
		return id != null && id.length() > EventId.MAX_LENGTH;
	}

	Opening opening(Duration timeout) {
		Duration life = Objects.requireNonNullElse(this.request.timeout(), timeout);
		return new Opening(topics(), lastEventId(), life.compareTo(LONG) < 0 ? life : LONG, expiry());
	}

	/** When the authentication of the owner expires; null for never. */
	@Nullable Instant expiresAt() {
		return this.request.expiresAt() != null ? this.request.expiresAt() : this.authenticated.expiresAt();
	}

	private @Nullable Duration expiry() {
		Instant expiresAt = expiresAt();
		if (expiresAt == null) {
			return null;
		}
		Instant now = Instant.now();
		if (expiresAt.isBefore(now)) {
			return Duration.ZERO;
		}
		return expiresAt.isBefore(now.plus(LONG)) ? Duration.between(now, expiresAt) : LONG;
	}

	WriteAborter aborter() {
		return WriteAborter.forRequest(this.http);
	}

	ContainerRequest inContainer() {
		return ContainerRequest.of(this.http);
	}

	boolean isHead() {
		return "HEAD".equals(this.http.getMethod());
	}

}
