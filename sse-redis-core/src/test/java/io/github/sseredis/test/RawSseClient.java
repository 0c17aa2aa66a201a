package io.github.sseredis.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A client that shows everything on the wire: status line, headers, chunks, and every
 * block with or without an event. It holds its last event ID as a browser does. It can
 * stop reading, and close its socket politely or not.
 */
public final class RawSseClient implements WireClient {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int POLL_MILLIS = 50;

	private final Watch watch = new Watch();

	// Guarded by watch.

	private final WireRecording wire = new WireRecording();

	private StreamEnd end = StreamEnd.NONE;

	private boolean pauseWanted;

	private boolean paused;

	// Set once.

	private final Socket socket = new Socket();

	RawSseClient(RawSseClientBuilder builder) {
		this.pauseWanted = builder.stalled();
		try {
			if (builder.receiveBuffer() > 0) {
				// Before the connection opens, or the window is negotiated without it.
				this.socket.setReceiveBufferSize(builder.receiveBuffer());
			}
			this.socket.setTcpNoDelay(true);
			this.socket.setSoTimeout(POLL_MILLIS);
			this.socket.connect(new InetSocketAddress(builder.uri().getHost(), builder.port()), 10_000);
			this.socket.getOutputStream().write(builder.request().getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			close();
			throw new UncheckedIOException(ex);
		}
		Thread thread = new Thread(this::read, "raw-sse-client");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Opens a stream.
	 * @param uri the stream
	 * @param headers names and values in turn
	 * @return the client, which the test closes
	 */
	public static RawSseClient open(URI uri, String... headers) {
		RawSseClientBuilder builder = to(uri);
		for (int i = 0; i < headers.length; i += 2) {
			builder.header(headers[i], headers[i + 1]);
		}
		return builder.open();
	}

	public static RawSseClientBuilder to(URI uri) {
		return new RawSseClientBuilder(uri);
	}

	/**
	 * Waits until the status line and all headers are there.
	 * @return this
	 */
	@Override
	public RawSseClient awaitHeaders() {
		await(this.wire.response()::hasHeaders, PATIENCE, "the headers");
		return this;
	}

	public String statusLine() {
		return this.watch.read(this.wire.response()::statusLine);
	}

	@Override
	public int status() {
		return this.watch.read(this.wire.response()::status);
	}

	/**
	 * All headers of the response, with names in any case.
	 * @return the headers
	 */
	public Map<String, List<String>> headers() {
		return awaitHeaders().wire.response().headers();
	}

	/**
	 * One header of the response.
	 * @param name its name, in any case
	 * @return its values joined by a comma, null if there is none
	 */
	@Override
	public @Nullable String header(String name) {
		List<String> values = headers().get(name);
		return (values != null) ? String.join(", ", values) : null;
	}

	@Override
	public List<SseBlock> blocks() {
		return this.watch.read(() -> List.copyOf(this.wire.blocks()));
	}

	/**
	 * The blocks for which a browser dispatches an event.
	 * @return the events
	 */
	public List<SseBlock> events() {
		return blocks().stream().filter(SseBlock::isEvent).toList();
	}

	/**
	 * The data of all events.
	 * @return the data, in order
	 */
	public List<String> data() {
		return events().stream().map((event) -> String.valueOf(event.data())).toList();
	}

	@Override
	public List<SseBlock> awaitBlocks(int count) {
		return awaitBlocks(count, PATIENCE);
	}

	public List<SseBlock> awaitBlocks(int count, Duration timeout) {
		await(() -> this.wire.blocks().size() >= count, timeout, count + " blocks");
		return blocks();
	}

	public List<SseBlock> awaitEvents(int count) {
		return awaitEvents(count, PATIENCE);
	}

	public List<SseBlock> awaitEvents(int count, Duration timeout) {
		await(() -> this.wire.eventCount() >= count, timeout, count + " events");
		return events();
	}

	/**
	 * Waits for a block of a kind, among those that have come and those to come.
	 * @param condition which
	 * @param timeout how long
	 * @return the first such block
	 */
	@Override
	public SseBlock awaitBlock(Predicate<SseBlock> condition, Duration timeout) {
		await(() -> this.wire.blocks().stream().anyMatch(condition), timeout, "a block");
		return blocks().stream().filter(condition).findFirst().orElseThrow();
	}

	/**
	 * Waits until the connection has ended.
	 * @param timeout how long
	 * @return how it ended
	 */
	@Override
	public StreamEnd awaitEnd(Duration timeout) {
		this.watch.await(() -> this.end != StreamEnd.NONE, () -> false, timeout, () -> "the end, " + seen());
		return end();
	}

	@Override
	public StreamEnd end() {
		return this.watch.read(() -> this.end);
	}

	/**
	 * The last event ID as a browser would hold it: blocks with nothing but an ID count.
	 * @return the ID, empty if the stream has sent none
	 */
	@Override
	public String lastEventId() {
		return this.wire.parser().lastEventId();
	}

	/**
	 * The last valid {@code retry}, in milliseconds.
	 * @return the time, null if the stream has sent none
	 */
	@Override
	public @Nullable Long reconnectionTime() {
		return this.wire.parser().reconnectionTime();
	}

	/**
	 * The body as it came, without chunks, up to its first MB.
	 * @return the text
	 */
	public String body() {
		return this.watch.read(this.wire::bodyText);
	}

	/**
	 * The sizes of the chunks as the server wrote them.
	 * @return the sizes, 0 for the last
	 */
	public List<Long> chunks() {
		return this.watch.read(() -> List.copyOf(this.wire.chunks()));
	}

	public long bytesRead() {
		return this.watch.read(this.wire::bytesRead);
	}

	/**
	 * Stops reading; when this returns nothing more is taken off the socket.
	 */
	public void pause() {
		this.watch.change(() -> this.pauseWanted = true);
		await(() -> this.paused || this.end != StreamEnd.NONE, PATIENCE, "the pause");
	}

	/**
	 * Goes on reading.
	 */
	public void resume() {
		this.watch.change(() -> this.pauseWanted = false);
	}

	/**
	 * Closes the socket as a client does that leaves in peace.
	 */
	@Override
	public void close() {
		this.watch.change(() -> this.end = (this.end == StreamEnd.NONE) ? StreamEnd.BY_CLIENT : this.end);
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Resets the connection, so that the server's next write fails.
	 */
	@Override
	public void reset() {
		try {
			this.socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		close();
	}

	private void read() {
		byte[] buffer = new byte[8192];
		try (InputStream in = this.socket.getInputStream()) {
			while (awaitTurn()) {
				int length = read(in, buffer);
				if (length < 0) {
					boolean whole = this.wire.response().isComplete() || this.wire.response().endsWithConnection();
					end(whole ? StreamEnd.COMPLETE : StreamEnd.CUT);
				}
				else {
					this.watch.change(() -> take(buffer, length));
				}
			}
		}
		catch (IOException ex) {
			end(StreamEnd.RESET);
		}
		catch (RuntimeException ex) {
			end(StreamEnd.MALFORMED);
		}
	}

	// A read that waits for ever would not see a pause.
	private static int read(InputStream in, byte[] buffer) throws IOException {
		try {
			return in.read(buffer);
		}
		catch (SocketTimeoutException ex) {
			return 0;
		}
	}

	private void take(byte[] buffer, int length) {
		this.wire.take(buffer, length);
		if (this.wire.response().isComplete() && this.end == StreamEnd.NONE) {
			this.end = StreamEnd.COMPLETE;
		}
	}

	private boolean awaitTurn() {
		synchronized (this.watch) {
			while (this.pauseWanted && this.end == StreamEnd.NONE) {
				this.paused = true;
				this.watch.notifyAll();
				try {
					this.watch.wait();
				}
				catch (InterruptedException ex) {
					return false;
				}
			}
			this.paused = false;
			return this.end == StreamEnd.NONE;
		}
	}

	private void end(StreamEnd end) {
		this.watch.change(() -> this.end = (this.end == StreamEnd.NONE) ? end : this.end);
	}

	private void await(BooleanSupplier condition, Duration timeout, String what) {
		this.watch.await(condition, () -> this.end != StreamEnd.NONE, timeout, () -> what + ", " + seen());
	}

	private String seen() {
		return "saw end " + this.end + ", " + this.wire;
	}

}
