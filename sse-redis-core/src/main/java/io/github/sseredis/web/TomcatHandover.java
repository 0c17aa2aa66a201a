package io.github.sseredis.web;

import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handover of a request of Tomcat's. */
final class TomcatHandover implements Handover {

	private static final Logger logger = LoggerFactory.getLogger(TomcatHandover.class);

	private final TomcatInternals internals;

	// Used again, at the earliest when the request is over. What is found then may be
	// said of another request, and can only delay the end of a connection without a
	// client.
	private final Object processor;

	private TomcatHandover(TomcatInternals internals, Object processor) {
		this.internals = internals;
		this.processor = processor;
	}

	static Handover forRequest(HttpServletRequest request) {
		TomcatInternals internals = TomcatInternals.KNOWN;
		try {
			Object processor = internals != null ? internals.processor(request) : null;
			return internals != null && processor != null ? new TomcatHandover(internals, processor) : COMPLETE;
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.debug("Cannot see when the thread of a request has left the container", ex);
			return COMPLETE;
		}
	}

	@Override
	public boolean isComplete() {
		try {
			return !this.internals.isThreadInside(this.processor);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.debug("Cannot see whether the thread of a request has left the container", ex);
			return true;
		}
	}

}
