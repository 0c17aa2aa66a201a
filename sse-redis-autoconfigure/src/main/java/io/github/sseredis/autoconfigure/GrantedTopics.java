package io.github.sseredis.autoconfigure;

import java.util.Collection;
import java.util.Optional;

import io.github.sseredis.SseTopicResolver;
import io.github.sseredis.SubscribeRequest;
import io.github.sseredis.TopicName;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * What the ready-made endpoints make of the answer of a resolver.
 *
 * @param resolver the resolver
 */
record GrantedTopics(SseTopicResolver resolver) {

	/** Returns what the request may subscribe to; empty if nothing. */
	Optional<SubscribeRequest> of(HttpServletRequest request) {
		Collection<String> topics = this.resolver.resolve(request);
		requireValid(topics);
		return topics.isEmpty() ? Optional.empty() : Optional.of(SubscribeRequest.builder().topics(topics).build());
	}

	/** The status for whom nothing is granted. */
	static HttpStatusCode refusal(HttpServletRequest request) {
		return (request.getUserPrincipal() != null) ? HttpStatus.FORBIDDEN : HttpStatus.UNAUTHORIZED;
	}

	// Without the exception as a cause: a handler that an application has for
	// IllegalArgumentException would blame the client.
	private void requireValid(Collection<String> topics) {
		try {
			topics.forEach(TopicName::requireValid);
		}
		catch (IllegalArgumentException | NullPointerException ex) {
			throw new IllegalStateException("The SseTopicResolver " + this.resolver.getClass().getName()
					+ " returned topics that are not valid: "
					+ ((ex instanceof NullPointerException) ? "null" : ex.getMessage()));
		}
	}

}
