package io.github.sseredis.web;

import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

/** The connections that a request has opened and Spring does not own yet. */
final class RequestConnections {

	private static final String ATTRIBUTE = RequestConnections.class.getName();

	private final List<Connection> pending = new ArrayList<>(1);

	private RequestConnections() {
	}

	/** Adds a connection to those of a request; on the request's thread. */
	static void add(HttpServletRequest request, Connection connection) {
		if (!(request.getAttribute(ATTRIBUTE) instanceof RequestConnections connections)) {
			RequestConnections first = new RequestConnections();
			first.pending.add(connection);
			request.setAttribute(ATTRIBUTE, first);
			return;
		}
		connections.pending.add(connection);
	}

	/** Returns the pending connections of a request, which then has none any more. */
	static List<Connection> take(HttpServletRequest request) {
		if (!(request.getAttribute(ATTRIBUTE) instanceof RequestConnections connections)) {
			return List.of();
		}
		request.removeAttribute(ATTRIBUTE);
		return connections.pending;
	}

}
