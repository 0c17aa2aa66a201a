package io.github.sseredis.web;

import java.security.Principal;
import java.time.Instant;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whose connection a request opens. Called once for each, on the thread of the
 * request, while whoever authenticated it is still around. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface OwnerResolver {

	/**
	 * Who a connection belongs to.
	 *
	 * @param name the name of the principal; null if anonymous
	 * @param expiresAt when the authentication expires; null for never, or not by itself
	 */
	record Owner(@Nullable String name, @Nullable Instant expiresAt) {

	}

	/** Returns the owner of the connection that a request opens. */
	Owner resolve(HttpServletRequest request);

	/** Returns a resolver that asks the servlet container. */
	static OwnerResolver ofContainer() {
		return (request) -> {
			Principal principal = request.getUserPrincipal();
			return new Owner(principal != null ? principal.getName() : null, null);
		};
	}

}
