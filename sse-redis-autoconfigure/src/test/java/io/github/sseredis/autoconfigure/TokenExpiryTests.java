package io.github.sseredis.autoconfigure;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;

import static org.assertj.core.api.Assertions.assertThat;

class TokenExpiryTests {

	private static final Instant EXPIRY = Instant.parse("2030-01-01T00:00:00Z");

	private final OAuth2AccessToken opaque = new OAuth2AccessToken(TokenType.BEARER, "opaque", Instant.EPOCH, EXPIRY);

	private final TokenExpiry expiry = new TokenExpiry();

	@Test
	void authenticationExpiresWithAnOpaqueTokenAsItsCredentials() {
		assertThat(this.expiry.of(new TestingAuthenticationToken("ann", this.opaque))).isEqualTo(EXPIRY);
	}

	@Test
	void authenticationExpiresWithATokenAsItsPrincipal() {
		assertThat(this.expiry.of(new TestingAuthenticationToken(this.opaque, "none"))).isEqualTo(EXPIRY);
	}

	@Test
	void authenticationWithoutATokenDoesNotExpire() {
		assertThat(this.expiry.of(new TestingAuthenticationToken("ann", "password"))).isNull();
	}

}
