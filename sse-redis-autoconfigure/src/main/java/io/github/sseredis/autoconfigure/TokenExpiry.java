package io.github.sseredis.autoconfigure;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Token;

/** An authentication by a token expires with it. */
final class TokenExpiry implements SecurityOwnerResolver.Expiry {

	@Override
	public @Nullable Instant of(Authentication authentication) {
		if (authentication.getCredentials() instanceof OAuth2Token token) {
			return token.getExpiresAt();
		}
		return (authentication.getPrincipal() instanceof OAuth2Token token) ? token.getExpiresAt() : null;
	}

}
