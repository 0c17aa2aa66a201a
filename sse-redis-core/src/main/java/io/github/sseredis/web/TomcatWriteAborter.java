package io.github.sseredis.web;

import java.io.IOException;
import java.nio.channels.Channel;

import jakarta.servlet.http.HttpServletRequest;
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
			TomcatStreams streams = TomcatStreams.KNOWN;
			return processor != null && streams != null && streams.isProcessor(processor)
					? new StreamReset(streams, streams.stream(processor)) : null;
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
	 * does not fit into the response's buffer, so none is that long.
	 */
	private static final class StreamReset extends TomcatWriteAborter {

		private final TomcatStreams streams;

		// Unlike its request and its response never used for another.
		private final Object stream;

		StreamReset(TomcatStreams streams, Object stream) {
			this.streams = streams;
			this.stream = stream;
		}

		@Override
		public int longestWrite(int buffer) {
			return buffer;
		}

		@Override
		public Next abort(int step) {
			if (step == 0) {
				try {
					this.streams.reset(this.stream);
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

}
