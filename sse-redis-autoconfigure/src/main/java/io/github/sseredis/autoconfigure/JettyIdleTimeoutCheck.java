package io.github.sseredis.autoconfigure;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import org.eclipse.jetty.server.Connector;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;

/**
 * By HTTP/1.1 the idle timeout of Jetty spares requests that are asynchronous; a stream
 * of HTTP/2 on which nothing is written for that time is reset.
 */
final class JettyIdleTimeoutCheck implements StartupCheck {

	private final ApplicationContext context;

	private final Duration heartbeatInterval;

	/**
	 * Creates a check.
	 * @param heartbeatInterval {@code sse.heartbeat-interval}
	 */
	JettyIdleTimeoutCheck(ApplicationContext context, Duration heartbeatInterval) {
		this.context = context;
		this.heartbeatInterval = heartbeatInterval;
	}

	@Override
	public Optional<String> problem() {
		if (!(this.context instanceof WebServerApplicationContext web)
				|| !(web.getWebServer() instanceof JettyWebServer jetty)) {
			return Optional.empty();
		}
		return Arrays.stream(jetty.getServer().getConnectors())
			.filter((connector) -> speaksHttp2(connector) && isTooShort(connector.getIdleTimeout()))
			.map((connector) -> "Jetty resets quiet streams of HTTP/2 after " + connector.getIdleTimeout()
					+ " ms, and sse.heartbeat-interval is " + this.heartbeatInterval.toMillis()
					+ " ms. Set server.jetty.connection-idle-timeout to twice as much or more")
			.findFirst();
	}

	private static boolean speaksHttp2(Connector connector) {
		return connector.getProtocols().stream().anyMatch((protocol) -> protocol.startsWith("h2"));
	}

	// A heartbeat may be late.
	private boolean isTooShort(long idleMillis) {
		return idleMillis > 0 && idleMillis < 2 * this.heartbeatInterval.toMillis();
	}

}
