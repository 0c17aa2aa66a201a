package io.github.sseredis.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * A request as its container has it: what an application has to know of it, and to do
 * about it, so that the container ends it in every case. Otherwise a shutdown waits for
 * it in vain.
 *
 * <p>
 * Tomcat loses a write that fails while the request's own thread has not left it, which
 * may be long after the application has let go of that thread: the thread finds an error
 * that it takes for its own, and ends the connection without ending the request. And it
 * may forget a stream of HTTP/2 that the client has reset.
 */
interface ContainerRequest {

	/** Where containers end all requests by themselves. */
	ContainerRequest PLAIN = () -> true;

	/** Whether the request's own thread has left the container. */
	boolean isLeft();

	/** Returns what is to be kept of this once {@link #isLeft}. */
	default ContainerRequest afterwards() {
		return PLAIN;
	}

	/**
	 * Ends the request if the container has forgotten it. Called some time after the
	 * response was completed, by a thread that may dispatch to the application.
	 */
	default void endIfForgotten() {
	}

	/** Returns the current request as its container has it. */
	static ContainerRequest of(HttpServletRequest request) {
		return WriteAborter.TOMCAT ? TomcatRequest.of(request) : PLAIN;
	}

}
