package io.github.sseredis.autoconfigure;

import java.util.List;
import java.util.Map;

import io.github.sseredis.EmitterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.authentication.event.LogoutSuccessEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

/** A token that does not say whose it is. */
class PrincipalsWithoutNameTests {

	private final EmitterRegistry registry = mock();

	private final LogoutListener listener = new LogoutListener(new StaticApplicationContext(),
			new StaticListableBeanFactory(Map.of("registry", this.registry)).getBeanProvider(EmitterRegistry.class));

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = "")
	void areGrantedNoTopicOfTheirOwn(String name) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setUserPrincipal(token(name));
		assertThat(new PrincipalTopicResolver().resolve(request)).isEmpty();
	}

	@Test
	void aTokenWithANameIsGrantedItsTopic() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setUserPrincipal(token("1"));
		assertThat(new PrincipalTopicResolver().resolve(request)).isEqualTo(List.of("user:1"));
	}

	@Test
	void logOutWithoutHarm() {
		this.listener.onApplicationEvent(new LogoutSuccessEvent(token(null)));
		verifyNoInteractions(this.registry);
		this.listener.onApplicationEvent(new LogoutSuccessEvent(token("1")));
		verify(this.registry).disconnect("1");
	}

	private static Authentication token(String name) {
		Jwt jwt = Jwt.withTokenValue("x").header("alg", "none").claim("scope", "a").build();
		return new JwtAuthenticationToken(jwt, AuthorityUtils.NO_AUTHORITIES, name);
	}

}
