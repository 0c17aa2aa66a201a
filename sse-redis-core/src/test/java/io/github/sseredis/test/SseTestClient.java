package io.github.sseredis.test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.FaultEvent;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.StartedEvent;
import com.launchdarkly.eventsource.StreamEvent;
import com.launchdarkly.eventsource.StreamException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * An independent client, LaunchDarkly's, that reads one stream in the background and
 * keeps what it saw. It takes its last event ID from dispatched events only, so a test
 * that resumes before the first event sets {@code sse.connect-event}. A broken or refused
 * connection ends it, unless it {@linkplain SseTestClientBuilder#follow follows}.
 */
public final class SseTestClient implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Watch watch = new Watch();

	// Guarded by watch, filled by the reading thread.

	private final List<SseTestEvent> events = new ArrayList<>();

	private final List<SseOpening> openings = new ArrayList<>();

	private final List<SseClosing> closings = new ArrayList<>();

	private boolean open;

	private boolean ended;

	// Of the reading thread alone.

	private final Consumer<SseTestEvent> listener;

	private final List<URI> uris;

	private int attempts;

	private @Nullable SseOpening answered;

	private @Nullable Response response;

	// Safe for any thread.

	private final EventSource source;

	private volatile boolean closed;

	SseTestClient(SseTestClientBuilder builder) {
		this.listener = builder.listener();
		this.uris = builder.uris();
		this.source = builder.source(this::exchange);
	}

	/**
	 * Opens a stream; what comes is recorded from now on.
	 * @param uri the stream
	 * @param headers names and values in turn
	 * @return the client, which the test closes
	 */
	public static SseTestClient open(URI uri, String... headers) {
		SseTestClientBuilder builder = to(uri);
		for (int i = 0; i < headers.length; i += 2) {
			builder.header(headers[i], headers[i + 1]);
		}
		return builder.open();
	}

	public static SseTestClientBuilder to(URI uri) {
		return new SseTestClientBuilder(uri);
	}

	/**
	 * Waits until the stream is open.
	 * @return this
	 */
	public SseTestClient awaitOpen() {
		awaitOpenings(1, PATIENCE);
		return this;
	}

	/**
	 * Waits until the client has opened connections, the first and those after breaks.
	 * @param count how many
	 * @param timeout how long
	 * @return all so far
	 */
	public List<SseOpening> awaitOpenings(int count, Duration timeout) {
		await(() -> this.openings.size() >= count, true, timeout, count + " openings");
		return openings();
	}

	public List<SseTestEvent> awaitEvents(int count) {
		return awaitEvents(count, PATIENCE);
	}

	/**
	 * Waits until events have come.
	 * @param count how many, over all connections of this client
	 * @param timeout how long
	 * @return all so far
	 */
	public List<SseTestEvent> awaitEvents(int count, Duration timeout) {
		await(() -> this.events.size() >= count, true, timeout, count + " events");
		return events();
	}

	/**
	 * Waits for an event of a kind, among those that have come and those to come.
	 * @param condition which
	 * @param timeout how long
	 * @return the first such event
	 */
	public SseTestEvent awaitEvent(Predicate<SseTestEvent> condition, Duration timeout) {
		await(() -> this.events.stream().anyMatch(condition), true, timeout, "an event");
		return events().stream().filter(condition).findFirst().orElseThrow();
	}

	/**
	 * Waits until a connection has ended or could not be opened.
	 * @param timeout how long
	 * @return the first such end
	 */
	public SseClosing awaitClosing(Duration timeout) {
		await(() -> !this.closings.isEmpty(), false, timeout, "the end of a connection");
		return closings().get(0);
	}

	public List<SseTestEvent> events() {
		return this.watch.read(() -> List.copyOf(this.events));
	}

	public List<String> data() {
		return events().stream().map(SseTestEvent::data).toList();
	}

	/**
	 * The data of events of one type.
	 * @param type the type
	 * @return the data, in order
	 */
	public List<String> data(String type) {
		return events().stream().filter((event) -> event.type().equals(type)).map(SseTestEvent::data).toList();
	}

	public List<SseOpening> openings() {
		return this.watch.read(() -> List.copyOf(this.openings));
	}

	public List<SseClosing> closings() {
		return this.watch.read(() -> List.copyOf(this.closings));
	}

	/**
	 * The ID with which this client would resume.
	 * @return the ID, null if it has none
	 */
	public @Nullable String lastEventId() {
		return this.source.getLastEventId();
	}

	public boolean isOpen() {
		return this.watch.read(() -> this.open);
	}

	/**
	 * Closes the socket as a closed browser tab does. Nothing is recorded afterwards.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.source.close();
	}

	void start() {
		Thread thread = new Thread(this::read, "sse-test-client");
		thread.setDaemon(true);
		thread.start();
	}

	private void read() {
		try {
			while (!this.closed) {
				record(this.source.readAnyEvent());
			}
		}
		catch (StreamException ex) {
			record(new FaultEvent(ex));
		}
		finally {
			// Twice: a close that came while it was connecting did not reach the
			// connection.
			this.source.close();
			this.source.stop();
			closeResponse();
			this.watch.change(() -> {
				this.ended = true;
				this.open = false;
			});
		}
	}

	private void record(StreamEvent event) {
		long now = System.nanoTime();
		if (event instanceof MessageEvent message) {
			record(message, now);
		}
		else if (event instanceof StartedEvent && this.answered != null) {
			SseOpening opening = this.answered;
			this.watch.change(() -> {
				this.openings.add(opening);
				this.open = true;
			});
		}
		else if (event instanceof FaultEvent fault) {
			closeResponse();
			this.watch.change(() -> {
				this.closings.add(new SseClosing(fault.getCause(), this.open, now));
				this.open = false;
			});
		}
	}

	private void record(MessageEvent message, long now) {
		if (this.closed) {
			return;
		}
		SseTestEvent event = new SseTestEvent(this.events.size(), this.openings.size() - 1, message.getEventName(),
				message.getLastEventId(), message.getData(), now);
		this.watch.change(() -> this.events.add(event));
		this.listener.accept(event);
	}

	// The library leaves it open, and okhttp complains when it is collected.
	private void closeResponse() {
		if (this.response != null) {
			this.response.close();
			this.response = null;
		}
	}

	private Response exchange(Interceptor.Chain chain) throws IOException {
		URI uri = this.uris.get(this.attempts++ % this.uris.size());
		Request request = chain.request().newBuilder().url(HttpUrl.get(uri.toString())).build();
		this.answered = null;
		Response received = chain.proceed(request);
		this.response = received;
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		received.headers().forEach((header) -> headers.put(header.getFirst(), header.getSecond()));
		this.answered = new SseOpening(uri, received.code(), headers, request.header("Last-Event-ID"),
				System.nanoTime());
		return received;
	}

	private void await(BooleanSupplier condition, boolean untilEnd, Duration timeout, String what) {
		this.watch.await(condition, () -> untilEnd && this.ended, timeout, () -> what + ", saw " + this.openings.size()
				+ " openings, " + this.events.size() + " events, closings " + this.closings);
	}

}
