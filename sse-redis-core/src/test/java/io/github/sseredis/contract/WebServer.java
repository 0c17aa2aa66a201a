package io.github.sseredis.contract;

import org.apache.catalina.core.StandardContext;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.StatisticsHandler;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;

/** The servers that an instance can run on. */
public enum WebServer {

	TOMCAT {

		@Override
		ConfigurableServletWebServerFactory factory() {
			TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
			factory.addConnectorCustomizers((connector) -> connector.setProperty("socket.txBufSize", SEND_BUFFER));
			return factory;
		}

		@Override
		int connectionCount(org.springframework.boot.web.server.WebServer server) {
			return (int) ((org.apache.coyote.AbstractProtocol<?>) ((TomcatWebServer) server).getTomcat()
				.getConnector()
				.getProtocolHandler()).getConnectionCount();
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
			return ((ServerConnector) ((JettyWebServer) server).getServer().getConnectors()[0]).getConnectedEndPoints()
				.size();
		}

		@Override
		int openRequestCount(org.springframework.boot.web.server.WebServer server) {
			return ((JettyWebServer) server).getServer().getDescendant(StatisticsHandler.class).getRequestsActive();
		}

	};

	// Left to itself the kernel takes up to 4 MB for each reader that stalls; a
	// thousand of them exhaust its memory for sockets, and it begins to drop what others
	// send.
	private static final String SEND_BUFFER = "131072";

	abstract ConfigurableServletWebServerFactory factory();

	/** The connections that the server itself has. */
	abstract int connectionCount(org.springframework.boot.web.server.WebServer server);

	/** The requests that the server has not ended, and would wait for when it stops. */
	abstract int openRequestCount(org.springframework.boot.web.server.WebServer server);

}
