package io.github.sseredis.web;

import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request of Tomcat's. */
final class TomcatRequest implements ContainerRequest {

	private static final Logger logger = LoggerFactory.getLogger(TomcatRequest.class);

	private final TomcatInternals internals;

	// Used again, at the earliest when the request is over. What is found then may be
	// said of another request, and can only delay the end of a connection without a
	// client.
	private final Object processor;

	private TomcatRequest(TomcatInternals internals, Object processor) {
		this.internals = internals;
		this.processor = processor;
	}

	static ContainerRequest of(HttpServletRequest request) {
		TomcatInternals internals = TomcatInternals.KNOWN;
		try {
			Object processor = internals != null ? internals.processor(request) : null;
			return internals != null && processor != null ? new TomcatRequest(internals, processor) : PLAIN;
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.debug("Cannot see how a request is processed", ex);
			return PLAIN;
		}
	}

	@Override
	public boolean isLeft() {
		try {
			return !this.internals.isThreadInside(this.processor);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.debug("Cannot see whether the thread of a request has left the container", ex);
			return true;
		}
	}

	@Override
	public ContainerRequest afterwards() {
		TomcatStreams streams = TomcatStreams.KNOWN;
		return streams != null && streams.isProcessor(this.processor) ? new StreamRequest(streams, this.processor)
				: PLAIN;
	}

	/** A request on a stream of HTTP/2. */
	private static final class StreamRequest implements ContainerRequest {

		private final TomcatStreams streams;

		// Never used for another.
		private final Object processor;

		StreamRequest(TomcatStreams streams, Object processor) {
			this.streams = streams;
			this.processor = processor;
		}

		@Override
		public boolean isLeft() {
			return true;
		}

		@Override
		public void endIfForgotten() {
			try {
				this.streams.processIfForgotten(this.processor);
			}
			catch (ReflectiveOperationException | RuntimeException ex) {
				logger.debug("Cannot end the request of a stream that was reset", ex);
			}
		}

	}

}
