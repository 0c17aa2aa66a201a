package io.github.sseredis.autoconfigure;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.web.OwnerResolver;
import org.eclipse.jetty.session.ManagedSession;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for applications with Spring
 * Security: streams belong to whom it has authenticated, pass its filters again when they
 * end, and end with the authentication. Changes no rule of the application.
 */
@AutoConfiguration(after = SseWebAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "sse.enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ SecurityContextHolder.class, RequestAttributeSecurityContextRepository.class })
@ConditionalOnBean(EmitterRegistry.class)
public final class SseSecurityAutoConfiguration {

	@Bean("sse.logout-listener")
	LogoutListener logoutListener(ApplicationContext context, ObjectProvider<EmitterRegistry> emitterRegistry) {
		return new LogoutListener(context, emitterRegistry);
	}

	private static SecurityContextHolderStrategy strategy(ObjectProvider<SecurityContextHolderStrategy> strategy) {
		return strategy.getIfUnique(SecurityContextHolder::getContextHolderStrategy);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ManagedSession.class)
	static class JettyConfiguration {

		@Bean("sse.jetty-session-expiry")
		JettySessionExpiry jettySessionExpiry() {
			return new JettySessionExpiry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(OAuth2Token.class)
	static class TokenConfiguration {

		@Bean("sse.owner-resolver")
		@ConditionalOnMissingBean(OwnerResolver.class)
		SecurityOwnerResolver ownerResolver(ObjectProvider<SecurityContextHolderStrategy> strategy) {
			return new SecurityOwnerResolver(strategy(strategy), new TokenExpiry());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.security.oauth2.core.OAuth2Token")
	static class NoTokenConfiguration {

		@Bean("sse.owner-resolver")
		@ConditionalOnMissingBean(OwnerResolver.class)
		SecurityOwnerResolver ownerResolver(ObjectProvider<SecurityContextHolderStrategy> strategy) {
			return new SecurityOwnerResolver(strategy(strategy), (authentication) -> null);
		}

	}

}
