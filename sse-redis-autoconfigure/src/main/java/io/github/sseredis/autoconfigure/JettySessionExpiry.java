package io.github.sseredis.autoconfigure;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Session;
import org.eclipse.jetty.session.ManagedSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.MediaType;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets sessions expire that have a stream open. To Jetty a stream is a request under way,
 * and while a session has one it does not expire, so it would live as long as a page is
 * open somewhere. Jetty knows all the same since when it is due; such a session is
 * invalidated, as Jetty would. Does nothing on another server, or to sessions of others.
 */
final class JettySessionExpiry implements AsyncHandlerInterceptor, WebMvcConfigurer, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(JettySessionExpiry.class);

	private static final long PERIOD_MILLIS = 1000;

	/** Those that have, or had a moment ago, a stream. */
	private final Set<ManagedSession> sessions = ConcurrentHashMap.newKeySet();

	/** Guarded by this. */
	private @Nullable ScheduledExecutorService scheduler;

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this);
	}

	@Override
	public void afterConcurrentHandlingStarted(HttpServletRequest request, HttpServletResponse response,
			Object handler) {
		String contentType = response.getContentType();
		if (contentType != null && contentType.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE)
				&& request.getSession(false) instanceof Session.API api
				&& api.getSession() instanceof ManagedSession session) {
			this.sessions.add(session);
			start();
		}
	}

	private synchronized void start() {
		if (this.scheduler == null) {
			CustomizableThreadFactory threads = new CustomizableThreadFactory("sse-sessions-");
			threads.setDaemon(true);
			this.scheduler = new ScheduledThreadPoolExecutor(1, threads);
			this.scheduler.scheduleWithFixedDelay(this::expire, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	// One without a request is Jetty's alone again.
	private void expire() {
		this.sessions.removeIf((session) -> session.getRequests() == 0 || !session.isValid());
		long now = System.currentTimeMillis();
		this.sessions.stream().filter((session) -> session.isExpiredAt(now)).forEach(JettySessionExpiry::invalidate);
	}

	private static void invalidate(ManagedSession session) {
		try {
			session.invalidate();
		}
		catch (RuntimeException ex) {
			// It has ended meanwhile, or a listener of the application failed.
			logger.debug("A session that has expired could not be invalidated", ex);
		}
	}

	@Override
	public synchronized void destroy() {
		if (this.scheduler != null) {
			this.scheduler.shutdownNow();
		}
	}

}
