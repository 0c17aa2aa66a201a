package io.github.sseredis.web;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.Channel;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.util.WebUtils;

/** Frees a thread that is stuck in a write of a response of Tomcat's. */
abstract class TomcatWriteAborter implements WriteAborter {

	private static final Logger logger = LoggerFactory.getLogger(TomcatWriteAborter.class);

	/** Returns null for what is not Tomcat's, or not as it is known here. */
	static @Nullable WriteAborter forRequest(HttpServletRequest request) {
		RequestFacade facade = WebUtils.getNativeRequest(request, RequestFacade.class);
		Http11 http11 = Http11.INTERNALS;
		Http2 http2 = Http2.INTERNALS;
		if (facade == null || http11 == null) {
			return null;
		}
		try {
			Object processor = http11.processor(facade);
			if (processor instanceof Http11Processor) {
				SocketWrapperBase<?> socketWrapper = http11.socketWrapper(processor);
				return (socketWrapper.getSocket() instanceof NioChannel channel)
						? new ChannelClose(channel.getIOChannel()) : null;
			}
			return http2 != null && http2.isProcessor(processor) ? new StreamReset(http2.stream(processor)) : null;
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.debug("Cannot see what the writes of a request would be stuck in", ex);
			return null;
		}
	}

	/** Closes the connection: with HTTP/1.1 it is the response's alone. */
	private static final class ChannelClose extends TomcatWriteAborter {

		// Neither Tomcat's wrapper, which when closed gives the buffers that the stuck
		// thread still has to the next connection, nor its NioChannel, which goes there
		// too. This one ends with the connection, encrypted or not.
		private final Channel channel;

		ChannelClose(Channel channel) {
			this.channel = channel;
		}

		@Override
		public Next abort(int step) {
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				logger.debug("Cannot close the connection of a stuck write", ex);
			}
			// The thread waits for the poller, which has no more to do with a closed
			// channel. Interrupted, it turns to the channel itself.
			return step < 2 ? Next.INTERRUPT : Next.KEEP_INTERRUPTING;
		}

	}

	/**
	 * Resets the stream, and leaves the others of the connection alone. Interrupts would
	 * not: after one that comes during a flush, Tomcat closes the connection. It may do
	 * so too, or not tell the client, if the thread is not in a flush but in a write that
	 * does not fit into the response's buffer.
	 */
	private static final class StreamReset extends TomcatWriteAborter {

		// Unlike its request and its response never used for another.
		private final Object stream;

		StreamReset(Object stream) {
			this.stream = stream;
		}

		@Override
		public Next abort(int step) {
			Http2 http2 = Http2.INTERNALS;
			if (step == 0 && http2 != null) {
				try {
					http2.reset(this.stream);
					return Next.WAIT;
				}
				catch (ReflectiveOperationException | RuntimeException ex) {
					logger.debug("Cannot reset the stream of a stuck write", ex);
				}
			}
			// Still stuck, it is so in the middle of a frame: the client reads nothing of
			// any stream, and the connection cannot be saved.
			return Next.KEEP_INTERRUPTING;
		}

	}

	/** What Tomcat does not show of a request. */
	private static final class Http11 {

		static final @Nullable Http11 INTERNALS = find(Http11::new);

		private final Field request = accessible(RequestFacade.class.getDeclaredField("request"));

		private final Field hook = accessible(org.apache.coyote.Request.class.getDeclaredField("hook"));

		private final Method socketWrapper = accessible(AbstractProcessor.class.getDeclaredMethod("getSocketWrapper"));

		private Http11() throws ReflectiveOperationException {
		}

		Object processor(RequestFacade facade) throws ReflectiveOperationException {
			Request catalinaRequest = (Request) this.request.get(facade);
			return this.hook.get(catalinaRequest.getCoyoteRequest());
		}

		SocketWrapperBase<?> socketWrapper(Object processor) throws ReflectiveOperationException {
			return (SocketWrapperBase<?>) this.socketWrapper.invoke(processor);
		}

	}

	/** What Tomcat does not show of a stream. */
	private static final class Http2 {

		static final @Nullable Http2 INTERNALS = find(Http2::new);

		// RFC 9113, section 7
		private static final long CANCEL = 8;

		private final Class<?> processorType = type("StreamProcessor");

		private final Field stream = accessible(this.processorType.getDeclaredField("stream"));

		private final Field handler = accessible(type("Stream").getDeclaredField("handler"));

		private final Method id = accessible(type("AbstractStream").getDeclaredMethod("getIdAsInt"));

		private final Method reset = accessible(
				type("Http2UpgradeHandler").getDeclaredMethod("reset", int.class, long.class));

		private Http2() throws ReflectiveOperationException {
		}

		boolean isProcessor(Object processor) {
			return this.processorType.isInstance(processor);
		}

		Object stream(Object processor) throws ReflectiveOperationException {
			return this.stream.get(processor);
		}

		// As if the client had sent it, which Tomcat is prepared for at any time; it
		// then tells the client, too. The other ways in are not made for this: after
		// Stream.close() the request never completes, and when the wait for a window is
		// timed out the connection is closed, or the client is not told.
		void reset(Object stream) throws ReflectiveOperationException {
			this.reset.invoke(this.handler.get(stream), this.id.invoke(stream), CANCEL);
		}

		private static Class<?> type(String name) throws ClassNotFoundException {
			return Class.forName("org.apache.coyote.http2." + name, false, AbstractProcessor.class.getClassLoader());
		}

	}

	private static <T> @Nullable T find(Internals<T> internals) {
		try {
			return internals.find();
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			logger.warn("This is not Tomcat as it is known here: threads that are stuck in a write are "
					+ "interrupted, which with HTTP/2 ends the other streams of the connection too", ex);
			return null;
		}
	}

	private static <T extends AccessibleObject> T accessible(T member) {
		member.setAccessible(true);
		return member;
	}

	private interface Internals<T> {

		T find() throws ReflectiveOperationException;

	}

}
