package io.github.sseredis;

import java.util.Collection;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Decides which topics a request to the ready-made endpoint ({@code sse.endpoint.path})
 * receives. This is the authorisation of the endpoint: whatever the client names in the
 * request is only data to it, and nobody receives a topic that it did not return. A host
 * defines a bean of this type; without one, a request receives
 * {@code user:<name of the principal>}. Implementations are thread-safe.
 */
@FunctionalInterface
public interface SseTopicResolver {

	/**
	 * Returns the topics that the request may receive.
	 * @param request the request that opens the stream
	 * @return the topics granted; an empty collection answers the request with 403, or
	 * with 401 if it has no principal
	 */
	Collection<String> resolve(HttpServletRequest request);

}
