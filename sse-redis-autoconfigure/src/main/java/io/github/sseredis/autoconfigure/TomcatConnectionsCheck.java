package io.github.sseredis.autoconfigure;

import java.util.Arrays;
import java.util.Optional;

import org.apache.coyote.AbstractProtocol;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;

/**
 * At {@code max-connections} Tomcat stops accepting: nobody is told to come back later,
 * and requests that are no streams wait as well.
 */
final class TomcatConnectionsCheck implements StartupCheck {

	private final ApplicationContext context;

	private final int limit;

	/**
	 * Creates a check.
	 * @param limit {@code sse.limits.connections}
	 */
	TomcatConnectionsCheck(ApplicationContext context, int limit) {
		this.context = context;
		this.limit = limit;
	}

	@Override
	public Optional<String> problem() {
		if (!(this.context instanceof WebServerApplicationContext web)
				|| !(web.getWebServer() instanceof TomcatWebServer tomcat)) {
			return Optional.empty();
		}
		return Arrays.stream(tomcat.getTomcat().getService().findConnectors())
			.filter((connector) -> connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol
					&& isTooFew(protocol.getMaxConnections()))
			.map((connector) -> "Tomcat on port " + connector.getLocalPort() + " stops accepting before "
					+ "sse.limits.connections (" + this.limit + ") is reached, and all requests hang instead. Set "
					+ "server.tomcat.max-connections above it, or sse.limits.connections below it")
			.findFirst();
	}

	// -1 is any number for Tomcat, 0 for us.
	private boolean isTooFew(int maxConnections) {
		return maxConnections >= 0 && this.limit > 0 && maxConnections < this.limit;
	}

}
