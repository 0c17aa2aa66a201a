package io.github.sseredis.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee11.servlet.ServletApiRequest;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.util.WebUtils;

/**
 * Frees a thread that is stuck in a write of a response of Jetty's. Interrupts are its
 * last resort: Jetty returns the buffer of an interrupted write to its pool while the
 * write is still to come, and with HTTP/2 that garbles the connection for every stream.
 */
abstract class JettyWriteAborter implements WriteAborter {

	private static final Logger logger = LoggerFactory.getLogger(JettyWriteAborter.class);

	/** What frees a thread here; null if the request is not Jetty's. */
	static @Nullable WriteAborter forRequest(HttpServletRequest request) {
		ServletApiRequest apiRequest = WebUtils.getNativeRequest(request, ServletApiRequest.class);
		if (apiRequest == null) {
			return null;
		}
		try {
			ServletContextRequest contextRequest = ServletContextRequest.getServletContextRequest(apiRequest);
			HttpVersion version = contextRequest.getConnectionMetaData().getHttpVersion();
			return version.getVersion() >= HttpVersion.HTTP_2.getVersion() ? new StreamReset(contextRequest)
					: new ConnectionClose(endPoint(contextRequest));
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Cannot see what the writes of a request would block in", ex);
			return null;
		}
	}

	@Override
	public Next abort(int step) {
		try {
			abort(step, new IOException("Write took too long"));
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Cannot end a stuck write", ex);
		}
		return step < 2 ? Next.WAIT : Next.KEEP_INTERRUPTING;
	}

	abstract void abort(int step, IOException cause);

	private static EndPoint endPoint(ServletContextRequest request) {
		return request.getConnectionMetaData().getConnection().getEndPoint();
	}

	/** Closes the connection: with HTTP/1.1 it is the response's alone. */
	private static final class ConnectionClose extends JettyWriteAborter {

		private final EndPoint endPoint;

		ConnectionClose(EndPoint endPoint) {
			this.endPoint = endPoint;
		}

		@Override
		void abort(int step, IOException cause) {
			this.endPoint.close(cause);
		}

	}

	/** Resets the stream, and leaves the others of the connection alone. */
	private static final class StreamReset extends JettyWriteAborter {

		private final ServletContextRequest request;

		StreamReset(ServletContextRequest request) {
			this.request = request;
		}

		@Override
		void abort(int step, IOException cause) {
			if (step == 0) {
				this.request.fail(cause);
			}
			else {
				// The thread waits until the client has been sent the reset, which reads
				// nothing of any stream.
				endPoint(this.request).close(cause);
			}
		}

	}

}
