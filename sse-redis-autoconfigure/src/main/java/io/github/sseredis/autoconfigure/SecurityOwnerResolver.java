package io.github.sseredis.autoconfigure;

import java.security.Principal;
import java.time.Instant;

import io.github.sseredis.web.OwnerResolver;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/**
 * Knows the owner of a connection from Spring Security, and lets its request stay
 * authenticated as it is now.
 *
 * <p>
 * The end of a stream is a dispatch of its request through all filters, where the rules
 * are applied again; so is an error. By then the session may be gone, and a filter that
 * reads a token does not run again: the dispatch would be denied when the response is
 * long on its way. So the authentication is kept in the request, where Spring Security
 * looks for it first. The rules are the application's and apply as before, to the
 * principal that they have let through.
 */
final class SecurityOwnerResolver implements OwnerResolver {

	/** Finds out when an authentication expires. */
	@FunctionalInterface
	interface Expiry {

		/** Returns when the authentication expires; null for never or not by itself. */
		@Nullable Instant of(Authentication authentication);

	}

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final SecurityContextHolderStrategy strategy;

	private final Expiry expiry;

	SecurityOwnerResolver(SecurityContextHolderStrategy strategy, Expiry expiry) {
		this.strategy = strategy;
		this.expiry = expiry;
	}

	@Override
	public Owner resolve(HttpServletRequest request) {
		Principal principal = request.getUserPrincipal();
		Authentication authentication = this.strategy.getContext().getAuthentication();
		if (authentication == null || !this.trust.isAuthenticated(authentication)) {
			return new Owner((principal != null) ? principal.getName() : null, null);
		}
		keep(authentication, request);
		return new Owner((principal != null) ? principal.getName() : authentication.getName(),
				this.expiry.of(authentication));
	}

	// In a context of its own: a logout empties the one that the session shares.
	private static void keep(Authentication authentication, HttpServletRequest request) {
		request.setAttribute(RequestAttributeSecurityContextRepository.DEFAULT_REQUEST_ATTR_NAME,
				new SecurityContextImpl(authentication));
	}

}
