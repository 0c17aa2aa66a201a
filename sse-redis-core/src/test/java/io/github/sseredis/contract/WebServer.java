package io.github.sseredis.contract;

import org.eclipse.jetty.server.ServerConnector;

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
			return new TomcatServletWebServerFactory(0);
		}

		@Override
		int connectionCount(org.springframework.boot.web.server.WebServer server) {
			return (int) ((org.apache.coyote.AbstractProtocol<?>) ((TomcatWebServer) server).getTomcat()
				.getConnector()
				.getProtocolHandler()).getConnectionCount();
		}

	},

	JETTY {

		@Override
		ConfigurableServletWebServerFactory factory() {
			return new JettyServletWebServerFactory(0);
		}

		@Override
		int connectionCount(org.springframework.boot.web.server.WebServer server) {
			return ((ServerConnector) ((JettyWebServer) server).getServer().getConnectors()[0]).getConnectedEndPoints()
				.size();
		}

	};

	abstract ConfigurableServletWebServerFactory factory();

	/** The connections that the server itself has. */
	abstract int connectionCount(org.springframework.boot.web.server.WebServer server);

}
