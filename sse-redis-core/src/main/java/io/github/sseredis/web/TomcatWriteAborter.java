package io.github.sseredis.web;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.Channel;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frees a thread that is stuck in a write of a response of Tomcat's. */
abstract class TomcatWriteAborter implements WriteAborter {

	private static final Logger logger = LoggerFactory.getLogger(TomcatWriteAborter.class);

	/** Returns null for what is not Tomcat's, or not as it is known here. */
	static @Nullable WriteAborter forRequest(HttpServletRequest request) {
		TomcatInternals internals = TomcatInternals.KNOWN;
		if (internals == null) {
			return null;
		}
		try {
			Object processor = internals.processor(request);
			if (processor instanceof Http11Processor) {
				return (internals.socketWrapper(processor).getSocket() instanceof NioChannel channel)
						? new ChannelClose(channel.getIOChannel()) : null;
			}
			Http2 http2 = Http2.INTERNALS;
			return processor != null && http2 != null && http2.isProcessor(processor)
					? new StreamReset(http2.stream(processor)) : null;
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

	/** What Tomcat does not show of a stream. */
	private static final class Http2 {

		static final @Nullable Http2 INTERNALS = TomcatInternals.find(Http2::new);

		// RFC 9113, section 7
		private static final long CANCEL = 8;

		private final Class<?> processorType = type("StreamProcessor");

		private final Field stream = TomcatInternals.accessible(this.processorType.getDeclaredField("stream"));

		private final Field handler = TomcatInternals.accessible(type("Stream").getDeclaredField("handler"));

		private final Method id = TomcatInternals.accessible(type("AbstractStream").getDeclaredMethod("getIdAsInt"));

		private final Method reset = TomcatInternals
			.accessible(type("Http2UpgradeHandler").getDeclaredMethod("reset", int.class, long.class));

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

}
