package io.github.sseredis.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The moment when a response is no longer its request's thread's: when that thread has
 * left the container, which may be long after the application has let go of it.
 *
 * <p>
 * Tomcat loses a write that fails before: the request's thread finds an error that it
 * takes for its own and ends the connection without ending the request, for which a
 * shutdown then waits in vain.
 */
interface Handover {

	/** Where nothing has to be waited for. */
	Handover COMPLETE = () -> true;

	/** Whether other threads may write. Once true, it is not asked again. */
	boolean isComplete();

	/** Returns the handover of the current request. */
	static Handover forRequest(HttpServletRequest request) {
		return WriteAborter.TOMCAT ? TomcatHandover.forRequest(request) : COMPLETE;
	}

}
