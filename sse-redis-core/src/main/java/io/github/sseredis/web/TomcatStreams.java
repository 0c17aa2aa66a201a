package io.github.sseredis.web;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import org.apache.coyote.AbstractProcessor;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

import static io.github.sseredis.web.TomcatInternals.accessible;

/** What Tomcat does not show of the streams of HTTP/2. Immutable. */
final class TomcatStreams {

	/** Null if this is not Tomcat as it is known here. */
	static final @Nullable TomcatStreams KNOWN = TomcatInternals.find(TomcatStreams::new);

	// RFC 9113, section 7
	private static final long CANCEL = 8;

	private final Class<?> processorType = type("StreamProcessor");

	private final Field lock = accessible(this.processorType.getDeclaredField("processLock"));

	private final Method process = accessible(this.processorType.getDeclaredMethod("process", SocketEvent.class));

	private final Field stream = accessible(this.processorType.getDeclaredField("stream"));

	private final Field handler = accessible(type("Stream").getDeclaredField("handler"));

	private final Field recycled = accessible(type("Stream").getDeclaredField("recycled"));

	private final Method id = accessible(type("AbstractStream").getDeclaredMethod("getIdAsInt"));

	private final Field streams = accessible(type("Http2UpgradeHandler").getDeclaredField("streams"));

	private final Method reset = accessible(
			type("Http2UpgradeHandler").getDeclaredMethod("reset", int.class, long.class));

	private TomcatStreams() throws ReflectiveOperationException {
	}

	boolean isProcessor(Object processor) {
		return this.processorType.isInstance(processor);
	}

	Object stream(Object processor) throws ReflectiveOperationException {
		return this.stream.get(processor);
	}

	// As if the client had sent it, which Tomcat is prepared for at any time; it then
	// tells the client, too. The other ways in are not made for this: after
	// Stream.close() the request never completes, and when the wait for a window is timed
	// out the connection is closed, or the client is not told.
	void reset(Object stream) throws ReflectiveOperationException {
		this.reset.invoke(this.handler.get(stream), this.id.invoke(stream), CANCEL);
	}

	/**
	 * Has Tomcat process a stream that it has put away although its request is not over.
	 * It does so when a client resets a stream twice, as it may when more data comes
	 * after the first time: whatever happens to the request then is ignored. Where the
	 * stream is in its place, or the request is over, there is nothing to do.
	 */
	void processIfForgotten(Object processor) throws ReflectiveOperationException {
		Lock held = (Lock) this.lock.get(processor);
		held.lock();
		try {
			Object owned = this.stream.get(processor);
			Integer key = (Integer) this.id.invoke(owned);
			@SuppressWarnings("unchecked")
			Map<Integer, Object> all = (Map<Integer, Object>) this.streams.get(this.handler.get(owned));
			if (!this.recycled.getBoolean(owned) && !owned.equals(all.get(key))) {
				all.put(key, owned);
				this.process.invoke(processor, SocketEvent.OPEN_READ);
			}
		}
		finally {
			held.unlock();
		}
	}

	private static Class<?> type(String name) throws ClassNotFoundException {
		return Class.forName("org.apache.coyote.http2." + name, false, AbstractProcessor.class.getClassLoader());
	}

}
