package io.github.sseredis.test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.internal.http2.StreamResetException;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** A stream of an {@link Http2Connection}. */
public final class Http2SseClient implements WireClient {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Watch watch = new Watch();

	private final Http2Connection connection;

	private final Call call;

	// Guarded by watch.

	private final List<SseBlock> blocks = new ArrayList<>();

	private final SseParser parser = new SseParser(this.blocks::add);

	private @Nullable Headers headers;

	private int status;

	private StreamEnd end = StreamEnd.NONE;

	Http2SseClient(Http2Connection connection, URI uri, Headers headers) {
		this.connection = connection;
		this.call = connection.client().newCall(new Request.Builder().url(uri.toString()).headers(headers).build());
		Thread thread = new Thread(this::read, "http2-sse-client");
		thread.setDaemon(true);
		thread.start();
	}

	private void read() {
		try (Response response = this.call.execute()) {
			this.watch.change(() -> {
				this.status = response.code();
				this.headers = response.headers();
			});
			BufferedSource source = response.body().source();
			byte[] buffer = new byte[8192];
			for (int length = source.read(buffer); length >= 0; length = source.read(buffer)) {
				int read = length;
				this.watch.change(() -> this.parser.feed(buffer, 0, read));
			}
			end(StreamEnd.COMPLETE);
		}
		catch (StreamResetException ex) {
			end(StreamEnd.RESET);
		}
		catch (IOException ex) {
			end(StreamEnd.CUT);
		}
	}

	private void end(StreamEnd end) {
		this.watch.change(() -> this.end = (this.end == StreamEnd.NONE) ? end : this.end);
	}

	@Override
	public Http2SseClient awaitHeaders() {
		await(() -> this.headers != null, PATIENCE, "the headers");
		return this;
	}

	@Override
	public int status() {
		return this.watch.read(() -> this.status);
	}

	@Override
	public @Nullable String header(String name) {
		awaitHeaders();
		Headers all = this.headers;
		return (all != null) ? all.get(name) : null;
	}

	@Override
	public List<SseBlock> blocks() {
		return this.watch.read(() -> List.copyOf(this.blocks));
	}

	@Override
	public List<SseBlock> awaitBlocks(int count) {
		await(() -> this.blocks.size() >= count, PATIENCE, count + " blocks");
		return blocks();
	}

	@Override
	public SseBlock awaitBlock(Predicate<SseBlock> condition, Duration timeout) {
		await(() -> this.blocks.stream().anyMatch(condition), timeout, "a block");
		return blocks().stream().filter(condition).findFirst().orElseThrow();
	}

	@Override
	public StreamEnd awaitEnd(Duration timeout) {
		this.watch.await(() -> this.end != StreamEnd.NONE, () -> false, timeout, () -> "the end, saw " + this.blocks);
		return end();
	}

	@Override
	public StreamEnd end() {
		return this.watch.read(() -> this.end);
	}

	@Override
	public String lastEventId() {
		return this.parser.lastEventId();
	}

	@Override
	public @Nullable Long reconnectionTime() {
		return this.parser.reconnectionTime();
	}

	@Override
	public void reset() {
		end(StreamEnd.BY_CLIENT);
		this.connection.reset();
	}

	/** Resets the stream, and leaves the connection to others. */
	@Override
	public void close() {
		end(StreamEnd.BY_CLIENT);
		this.call.cancel();
		this.connection.closeIfIdle();
	}

	private void await(BooleanSupplier condition, Duration timeout, String what) {
		this.watch.await(condition, () -> this.end != StreamEnd.NONE, timeout,
				() -> what + ", saw end " + this.end + ", " + this.blocks);
	}

}
