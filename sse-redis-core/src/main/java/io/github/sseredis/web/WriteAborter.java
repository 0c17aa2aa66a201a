package io.github.sseredis.web;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.util.ClassUtils;

/**
 * What frees a thread that is stuck in a write of one response, because the client has
 * stopped reading. Nothing in the Servlet API does: to complete the request leaves the
 * thread where it is.
 *
 * <p>
 * It is found by the request's own thread, and holds only what never belongs to another
 * connection or stream. Tomcat uses its requests, processors and channels again: what is
 * found through them at the deadline may be another client's.
 */
interface WriteAborter {

	boolean TOMCAT = ClassUtils.isPresent("org.apache.catalina.connector.RequestFacade",
			WriteAborter.class.getClassLoader());

	boolean JETTY = ClassUtils.isPresent("org.eclipse.jetty.ee11.servlet.ServletApiRequest",
			WriteAborter.class.getClassLoader());

	/** For where nothing is known of the container: most take an interrupt in the end. */
	WriteAborter INTERRUPTS = (step) -> Next.KEEP_INTERRUPTING;

	/**
	 * Takes a step towards freeing the thread, and says what else there is to do until
	 * the next. Called by another thread, which it does not block.
	 * @param step 0, and one more each time that the thread is still stuck after a while
	 */
	Next abort(int step);

	/**
	 * Returns how much may be written before a flush, for a thread that is stuck to be
	 * stuck where this can free it; the response's buffer takes so much.
	 * @param buffer the size of that buffer
	 */
	default int longestWrite(int buffer) {
		return Integer.MAX_VALUE;
	}

	/** Returns what frees a thread that writes the response to the current request. */
	static WriteAborter forRequest(HttpServletRequest request) {
		WriteAborter aborter = TOMCAT ? TomcatWriteAborter.forRequest(request) : null;
		if (aborter == null && JETTY) {
			aborter = JettyWriteAborter.forRequest(request);
		}
		return aborter != null ? aborter : INTERRUPTS;
	}

	/** What follows a step. */
	enum Next {

		/** Nothing: the thread should be free in a moment. */
		WAIT,

		/** An interrupt, for the thread to notice. */
		INTERRUPT,

		/** Interrupts without end: some are swallowed. */
		KEEP_INTERRUPTING

	}

}
