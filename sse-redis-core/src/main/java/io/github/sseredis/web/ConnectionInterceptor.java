package io.github.sseredis.web;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.AsyncHandlerInterceptor;

/**
 * Tells connections what became of their request: Spring owns the emitter, and writing
 * may begin; or the request is over without one. Before that nothing may be written: the
 * emitter would queue it, and the request thread write it. Stateless; does nothing to
 * requests that open no connection.
 */
public final class ConnectionInterceptor implements AsyncHandlerInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionInterceptor.class);

	private static final String STREAM = ConnectionInterceptor.class.getName() + ".stream";

	/** Whether the response to a request has become a stream. */
	public static boolean isStream(ServletRequest request) {
		return request.getAttribute(STREAM) != null;
	}

	@Override
	public void afterConcurrentHandlingStarted(HttpServletRequest request, HttpServletResponse response,
			Object handler) {
		for (Connection connection : RequestConnections.take(request)) {
			if (connection.emitter().isReturned()) {
				request.setAttribute(STREAM, true);
				if (request.isAsyncStarted()) {
					connection.emitter().startedIn(request.getAsyncContext());
				}
				endIfError(connection, response);
				connection.activate();
			}
			else {
				logger.warn("{} was opened but not returned by {}", connection, handler);
				connection.abandon();
			}
		}
	}

	// The container takes what is written after sendError, and throws it away: nobody
	// would notice when the client has left.
	private static void endIfError(Connection connection, HttpServletResponse response) {
		int status = response.getStatus();
		if (status >= HttpStatus.BAD_REQUEST.value()) {
			logger.warn("{} was opened but answered with an error: {}", connection, status);
			connection.end(EndReason.ABANDONED);
		}
	}

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception ex) {
		for (Connection connection : RequestConnections.take(request)) {
			logger.warn("{} was opened but the request ended without a stream{}", connection,
					ex != null ? ": " + ex : "");
			connection.abandon();
		}
	}

}
