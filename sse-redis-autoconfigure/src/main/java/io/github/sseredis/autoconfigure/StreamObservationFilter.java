package io.github.sseredis.autoconfigure;

import java.io.IOException;

import io.github.sseredis.web.ConnectionInterceptor;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Spring's filter, as it is, for everything but streams: there the observation of the
 * request ends when the stream has begun, not half an hour later.
 *
 * <p>
 * Spring's filter ends an observation when the container completes the response, if the
 * request has gone asynchronous. To stop it earlier from elsewhere would not do: it would
 * be stopped a second time, and counted with the life of the stream. So that filter alone
 * sees a request that has not gone asynchronous, once it has become a stream.
 */
final class StreamObservationFilter extends ServerHttpObservationFilter {

	private final ServerHttpObservationFilter delegate;

	StreamObservationFilter(ServerHttpObservationFilter delegate) {
		super(ObservationRegistry.NOOP);
		this.delegate = delegate;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (ConnectionInterceptor.isStream(request)) {
			// The dispatch that ends the stream: its observation has ended.
			chain.doFilter(request, response);
			return;
		}
		this.delegate.doFilter(new ObservedRequest(request), response,
				(observed, sameResponse) -> chain.doFilter(request, sameResponse));
	}

	/** The request as Spring's filter sees it, and nobody else. */
	private static final class ObservedRequest extends HttpServletRequestWrapper {

		ObservedRequest(HttpServletRequest request) {
			super(request);
		}

		@Override
		public boolean isAsyncStarted() {
			return super.isAsyncStarted() && !ConnectionInterceptor.isStream(getRequest());
		}

	}

}
