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
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Ends the streams of a principal, on every instance, when it logs out or a session of it
 * ends. Streams of other sessions of the principal come back, and are authorised again.
 *
 * <p>
 * A session that a request ends is waited for until that request is over. In the midst of
 * a logout the dispatch that ends a stream would still find the session and begin with
 * its authentication, which the logout takes away before the rules are applied.
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
			Authentication authentication = session.getAuthentication();
			afterRequest("sse.session." + event.getSession().getId(), () -> disconnect(authentication));
		}
	}

	// At once on a thread that serves none: the session has expired.
	private static void afterRequest(String name, Runnable task) {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		if (request != null) {
			request.registerDestructionCallback(name, task, RequestAttributes.SCOPE_REQUEST);
		}
		else {
			task.run();
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
