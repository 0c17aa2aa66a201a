package io.github.sseredis.contract;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.github.sseredis.test.Http2Connection;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RawSseClientBuilder;
import io.github.sseredis.test.TestKeyStore;
import io.github.sseredis.test.WireClient;
import org.apache.catalina.core.StandardContext;
import org.apache.coyote.AbstractProtocol;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.StatisticsHandler;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;

/** The servers that an instance can run on, and the protocols that they speak. */
public enum WebServer {

	TOMCAT(Container.TOMCAT, Protocol.HTTP1),

	TOMCAT_H2C(Container.TOMCAT, Protocol.H2C),

	TOMCAT_H2_TLS(Container.TOMCAT, Protocol.H2_TLS),

	JETTY(Container.JETTY, Protocol.HTTP1),

	JETTY_H2C(Container.JETTY, Protocol.H2C);

	private final Container container;

	private final Protocol protocol;

	WebServer(Container container, Protocol protocol) {
		this.container = container;
		this.protocol = protocol;
	}

	ConfigurableServletWebServerFactory factory() {
		return this.container.factory();
	}

	/** What an instance has to be told. */
	List<String> properties() {
		return this.protocol.properties();
	}

	boolean isHttp2() {
		return this.protocol != Protocol.HTTP1;
	}

	String scheme() {
		return (this.protocol == Protocol.H2_TLS) ? "https" : "http";
	}

	/** Opens a stream on a connection of its own. */
	WireClient open(URI uri) {
		return open(uri, Map.of());
	}

	WireClient open(URI uri, Map<String, String> headers) {
		if (isHttp2()) {
			return Http2Connection.to(uri).open(uri, headers);
		}
		RawSseClientBuilder builder = RawSseClient.to(uri);
		headers.forEach(builder::header);
		return builder.open();
	}

	/** The connections that the server itself has. */
	int connectionCount(org.springframework.boot.web.server.WebServer server) {
		return this.container.connectionCount(server);
	}

	/** The requests that the server has not ended, and would wait for when it stops. */
	int openRequestCount(org.springframework.boot.web.server.WebServer server) {
		return this.container.openRequestCount(server);
	}

	private enum Protocol {

		HTTP1, H2C, H2_TLS;

		List<String> properties() {
			return switch (this) {
				case HTTP1 -> List.of();
				case H2C -> List.of("server.http2.enabled=true");
				case H2_TLS ->
					List.of("server.http2.enabled=true", "server.ssl.key-store=" + TestKeyStore.file().toUri(),
							"server.ssl.key-store-password=" + TestKeyStore.PASSWORD);
			};
		}

	}

	private enum Container {

		TOMCAT {

			@Override
			ConfigurableServletWebServerFactory factory() {
				TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
				factory.addConnectorCustomizers((connector) -> connector.setProperty("socket.txBufSize", SEND_BUFFER));
				return factory;
			}

			// Tomcat's acceptor counts the connection that it waits for.
			@Override
			int connectionCount(org.springframework.boot.web.server.WebServer server) {
				AbstractProtocol<?> protocol = (AbstractProtocol<?>) ((TomcatWebServer) server).getTomcat()
					.getConnector()
					.getProtocolHandler();
				return (int) protocol.getConnectionCount() - 1;
			}

			@Override
			int openRequestCount(org.springframework.boot.web.server.WebServer server) {
				StandardContext context = (StandardContext) ((TomcatWebServer) server).getTomcat()
					.getHost()
					.findChildren()[0];
				return (int) context.getInProgressAsyncCount();
			}

		},

		JETTY {

			@Override
			ConfigurableServletWebServerFactory factory() {
				JettyServletWebServerFactory factory = new JettyServletWebServerFactory(0);
				factory.addServerCustomizers((server) -> ((ServerConnector) server.getConnectors()[0])
					.setAcceptedSendBufferSize(Integer.parseInt(SEND_BUFFER)));
				return factory;
			}

			@Override
			int connectionCount(org.springframework.boot.web.server.WebServer server) {
				return ((ServerConnector) ((JettyWebServer) server).getServer().getConnectors()[0])
					.getConnectedEndPoints()
					.size();
			}

			@Override
			int openRequestCount(org.springframework.boot.web.server.WebServer server) {
				return ((JettyWebServer) server).getServer().getDescendant(StatisticsHandler.class).getRequestsActive();
			}

		};

		// Left to itself the kernel takes up to 4 MB for each reader that stalls; a
		// thousand of them exhaust its memory for sockets, and it begins to drop what
		// others send.
		private static final String SEND_BUFFER = "131072";

		abstract ConfigurableServletWebServerFactory factory();

		abstract int connectionCount(org.springframework.boot.web.server.WebServer server);

		abstract int openRequestCount(org.springframework.boot.web.server.WebServer server);

	}

}
