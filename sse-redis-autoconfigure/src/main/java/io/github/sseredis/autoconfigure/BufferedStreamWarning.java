package io.github.sseredis.autoconfigure;

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.MediaType;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.WebUtils;

/** Says once in the log that a stream has opened which some filter keeps to itself. */
final class BufferedStreamWarning implements AsyncHandlerInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(BufferedStreamWarning.class);

	private final AtomicBoolean said = new AtomicBoolean();

	@Override
	public void afterConcurrentHandlingStarted(HttpServletRequest request, HttpServletResponse response,
			Object handler) {
		String contentType = response.getContentType();
		if (!this.said.get() && contentType != null && contentType.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE)) {
			ContentCachingResponseWrapper wrapper = WebUtils.getNativeResponse(response,
					ContentCachingResponseWrapper.class);
			if (wrapper != null && !isOfSpring(wrapper) && this.said.compareAndSet(false, true)) {
				logger.warn(BufferingFilterCheck.message("a filter (around " + request.getRequestURI() + ")"));
			}
		}
	}

	// Spring switches its own filter off for streams.
	private static boolean isOfSpring(ContentCachingResponseWrapper wrapper) {
		return wrapper.getClass().getName().startsWith(ShallowEtagHeaderFilter.class.getName());
	}

}
