package io.github.sseredis.autoconfigure;

import org.apache.coyote.http11.AbstractHttp11Protocol;

import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Makes smaller what Tomcat keeps for a connection as long as it is open, and a stream
 * hardly needs. What the application has set to another size than Tomcat's own stays.
 */
final class TomcatSmallBuffers implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	private static final int TOMCATS_OWN = 8192;

	/** What is read at once; Tomcat keeps it twice. */
	private static final int READ_BUFFER = 1024;

	private static final int RESPONSE_HEADERS = 4096;

	/** For the trailers of a chunked request, which hardly any client sends. */
	private static final int TRAILERS = 512;

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		if (TomcatWebServerFactory.DEFAULT_PROTOCOL.equals(factory.getProtocol())) {
			factory.setProtocol(SmallBuffersProtocol.class.getName());
		}
		TomcatConnectorCustomizer customizer = (connector) -> {
			if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
				shrink(protocol);
			}
		};
		factory.addConnectorCustomizers(customizer);
	}

	private static void shrink(AbstractHttp11Protocol<?> protocol) {
		if (TOMCATS_OWN == Integer.parseInt(protocol.getProperty("socket.appReadBufSize"))) {
			protocol.setProperty("socket.appReadBufSize", String.valueOf(READ_BUFFER));
		}
		if (protocol.getMaxHttpResponseHeaderSize() == TOMCATS_OWN) {
			protocol.setMaxHttpResponseHeaderSize(RESPONSE_HEADERS);
		}
		if (protocol.getMaxTrailerSize() == TOMCATS_OWN) {
			protocol.setMaxTrailerSize(TRAILERS);
		}
	}

}
