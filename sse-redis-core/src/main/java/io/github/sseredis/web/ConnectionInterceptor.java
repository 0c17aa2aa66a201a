package io.github.sseredis.web;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.KotlinDetector;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

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
			else if (mayReturnLater(handler)) {
				RequestConnections.add(request, connection);
			}
			else {
				logger.warn("{} was opened but not returned by {}", connection, handler);
				connection.abandon();
			}
		}
	}

	// A future, a deferred result, a suspending function: what was begun is the wait for
	// the emitter, which comes with a dispatch of its own. Spring reports the type of a
	// suspending function as that of the emitter.
	private static boolean mayReturnLater(Object handler) {
		if (!(handler instanceof HandlerMethod method)) {
			return false;
		}
		if (KotlinDetector.isSuspendingFunction(method.getMethod())) {
			return true;
		}
		Class<?> type = method.getReturnType().getParameterType();
		return !ResponseBodyEmitter.class.isAssignableFrom(type) && !HttpEntity.class.isAssignableFrom(type);
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
