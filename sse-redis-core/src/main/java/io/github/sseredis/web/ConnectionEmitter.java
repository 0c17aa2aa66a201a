package io.github.sseredis.web;

import java.io.IOException;
import java.util.Set;
import java.util.function.LongSupplier;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The emitter that a controller returns, and the way to the response. Its timeout is
 * none: the life of a connection is ours, because a container's timeout dispatches while
 * a write is stuck.
 */
final class ConnectionEmitter extends SseEmitter implements Completion.Response {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionEmitter.class);

	private final Connection connection;

	private final BlockedWrite blockedWrite;

	private final LongSupplier ticker;

	/** Set by the request thread before the first drain. */
	private volatile @Nullable ServerHttpResponse response;

	/** Set by the request thread before the first drain. */
	private volatile @Nullable AsyncContext context;

	/** Touched by the drainer only. */
	private @Nullable PiecewiseOutput output;

	ConnectionEmitter(Connection connection, BlockedWrite blockedWrite, LongSupplier ticker) {
		super(0L);
		this.connection = connection;
		this.blockedWrite = blockedWrite;
		this.ticker = ticker;
		super.onCompletion(connection::closed);
		super.onError((ex) -> connection.failed());
	}

	@Override
	protected void extendResponse(ServerHttpResponse outputMessage) {
		super.extendResponse(outputMessage);
		HttpHeaders headers = outputMessage.getHeaders();
		headers.setContentType(MediaType.TEXT_EVENT_STREAM);
		headers.setCacheControl("no-store, no-transform");
		headers.set("X-Accel-Buffering", "no");
		this.response = outputMessage;
	}

	/** Says where the container has the request; by its thread. */
	void startedIn(AsyncContext context) {
		this.context = context;
	}

	/** Whether Spring has been given this emitter to stream. */
	boolean isReturned() {
		return this.response != null;
	}

	void write(byte[] bytes, int length) throws IOException {
		output().write(bytes, length);
	}

	void flush() throws IOException {
		output().flush();
	}

	/**
	 * Completes the response; by the drainer after its last write, or by the container's
	 * thread that reports an error, which has ended all writes. Writes nothing.
	 */
	@Override
	public boolean finish() {
		try {
			super.complete();
			return true;
		}
		catch (RuntimeException ex) {
			logger.debug("{} could not be completed: {}", this.connection, ex.toString());
			return false;
		}
	}

	/**
	 * Completes the request where Spring cannot. When one that has begun to be
	 * asynchronous is dispatched to an error page, Spring forgets in what it was, and
	 * without a timeout the container would keep it for ever.
	 */
	@Override
	public void finishWithoutSpring() {
		AsyncContext started = this.context;
		try {
			if (started != null) {
				started.complete();
			}
		}
		catch (RuntimeException ex) {
			logger.debug("{} is over for the container: {}", this.connection, ex.toString());
		}
	}

	BlockedWrite blockedWrite() {
		return this.blockedWrite;
	}

	// Written to directly, not through message converters: the bytes are final. Not by
	// getBody() either: it would make Spring flush at the completion, and a flush that
	// fails there turns the end of a client that left into an exception for the
	// application's handlers.
	private PiecewiseOutput output() throws IOException {
		PiecewiseOutput current = this.output;
		if (current == null) {
			ServerHttpResponse returned = this.response;
			if (returned == null) {
				throw new IllegalStateException("Spring does not have the emitter yet");
			}
			returned.flush();
			current = returned instanceof ServletServerHttpResponse servlet ? to(servlet.getServletResponse())
					: new PiecewiseOutput(returned.getBody(), DrainBuffer.PIECE, this.blockedWrite, this.ticker);
			this.output = current;
		}
		return current;
	}

	private PiecewiseOutput to(HttpServletResponse servlet) throws IOException {
		return new PiecewiseOutput(servlet.getOutputStream(), servlet.getBufferSize(), this.blockedWrite, this.ticker);
	}

	@Override
	public void complete() {
		this.connection.end(EndReason.COMPLETED);
	}

	@Override
	public void completeWithError(Throwable ex) {
		logger.debug("{} is completed with an error", this.connection, ex);
		this.connection.end(EndReason.COMPLETED);
	}

	@Override
	public void send(Object object) {
		throw refuseSend();
	}

	@Override
	public void send(Object object, @Nullable MediaType mediaType) {
		throw refuseSend();
	}

	@Override
	public void send(SseEventBuilder builder) {
		throw refuseSend();
	}

	@Override
	public void send(Set<DataWithMediaType> items) {
		throw refuseSend();
	}

	private static UnsupportedOperationException refuseSend() {
		return new UnsupportedOperationException("This emitter is written from the event log: publish to one of its "
				+ "topics with Broadcaster.broadcast(topic, event) or @SsePush, or give what only this client is to "
				+ "receive to SubscribeRequest.builder().initial(...)");
	}

	@Override
	public String toString() {
		return this.connection.toString();
	}

}
