package io.github.sseredis.autoconfigure;

import io.github.sseredis.EmitterRegistry;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.util.StringUtils;

/**
 * Ends the streams of a principal, on every instance, when it logs out or a session of it
 * ends. Streams of other sessions of the principal come back, and are authorised again.
 */
final class LogoutListener implements ApplicationListener<LogoutSuccessEvent>, HttpSessionListener {

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final ApplicationContext context;

	/**
	 * Asked late: listeners of sessions are made with the web server, before the rest.
	 */
	private final ObjectProvider<EmitterRegistry> emitterRegistry;

	LogoutListener(ApplicationContext context, ObjectProvider<EmitterRegistry> emitterRegistry) {
		this.context = context;
		this.emitterRegistry = emitterRegistry;
	}

	@Override
	public void onApplicationEvent(LogoutSuccessEvent event) {
		disconnect(event.getAuthentication());
	}

	// A web server that stops may end the sessions it has: nobody has logged out.
	@Override
	public void sessionDestroyed(HttpSessionEvent event) {
		boolean closed = this.context instanceof ConfigurableApplicationContext closeable && closeable.isClosed();
		if (!closed && event.getSession()
			.getAttribute(
					HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) instanceof SecurityContext session) {
			disconnect(session.getAuthentication());
		}
	}

	private void disconnect(@Nullable Authentication authentication) {
		// A token need not say whose it is.
		String name = (authentication != null && this.trust.isAuthenticated(authentication)) ? authentication.getName()
				: null;
		if (StringUtils.hasLength(name)) {
			this.emitterRegistry.getObject().disconnect(name);
		}
	}

}
