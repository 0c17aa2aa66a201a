package io.github.sseredis.test;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.ErrorStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.RetryDelayStrategy;
import com.launchdarkly.logging.LDLogger;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link SseTestClient} is to do. Every method but {@link #open()} returns this
 * object.
 */
public final class SseTestClientBuilder {

	// One for all clients: each of its own would bring a pool and threads. No connection
	// is used twice, and a quiet stream is no error.
	private static final OkHttpClient HTTP = new OkHttpClient.Builder()
		.connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
		.connectTimeout(Duration.ofSeconds(10))
		.readTimeout(Duration.ZERO)
		.retryOnConnectionFailure(false)
		.build();

	private final List<URI> uris = new ArrayList<>();

	private final Headers.Builder headers = new Headers.Builder();

	private @Nullable String lastEventId;

	private boolean follow;

	private @Nullable Duration delay = Duration.ofMillis(20);

	private Consumer<SseTestEvent> listener = (event) -> {
	};

	SseTestClientBuilder(URI uri) {
		this.uris.add(uri);
	}

	public SseTestClientBuilder header(String name, String value) {
		this.headers.set(name, value);
		return this;
	}

	/**
	 * Resumes from an ID.
	 * @param lastEventId the ID for the first request
	 * @return this
	 */
	public SseTestClientBuilder lastEventId(String lastEventId) {
		this.lastEventId = lastEventId;
		return this;
	}

	/**
	 * Makes the client come back after each break with its last event ID, until it is
	 * closed.
	 * @param next the addresses to use after the first, in turn, then from the first on;
	 * none to come back to the same
	 * @return this
	 */
	public SseTestClientBuilder follow(URI... next) {
		this.follow = true;
		this.uris.addAll(List.of(next));
		return this;
	}

	/**
	 * Changes how long the client waits before it comes back; 20 ms if not set.
	 * @param delay the time
	 * @return this
	 */
	public SseTestClientBuilder reconnectAfter(Duration delay) {
		this.delay = delay;
		return this;
	}

	/**
	 * Makes the client wait before it comes back as long as the stream says.
	 * @return this
	 */
	public SseTestClientBuilder obeyRetry() {
		this.delay = null;
		return this;
	}

	/**
	 * Calls back for each event on the reading thread.
	 * @param listener what to call
	 * @return this
	 */
	public SseTestClientBuilder onEvent(Consumer<SseTestEvent> listener) {
		this.listener = listener;
		return this;
	}

	/**
	 * Opens the stream in the background.
	 * @return the client, which the test closes
	 */
	public SseTestClient open() {
		SseTestClient client = new SseTestClient(this);
		client.start();
		return client;
	}

	List<URI> uris() {
		return List.copyOf(this.uris);
	}

	Consumer<SseTestEvent> listener() {
		return this.listener;
	}

	EventSource source(Interceptor exchange) {
		OkHttpClient http = HTTP.newBuilder().addInterceptor(exchange).build();
		EventSource.Builder source = new EventSource.Builder(
				ConnectStrategy.http(this.uris.get(0)).httpClient(http).headers(this.headers.build()))
			.errorStrategy(this.follow ? ErrorStrategy.alwaysContinue() : ErrorStrategy.alwaysThrow())
			.retryDelayStrategy((this.delay != null) ? new FixedDelay(this.delay) : new AsTold())
			.logger(LDLogger.none());
		if (this.lastEventId != null) {
			source.lastEventId(this.lastEventId);
		}
		return source.build();
	}

	private static final class FixedDelay extends RetryDelayStrategy {

		private final Duration delay;

		private FixedDelay(Duration delay) {
			this.delay = delay;
		}

		@Override
		public Result apply(long baseDelayMillis) {
			return new Result(this.delay.toMillis(), this);
		}

	}

	/**
	 * Waits exactly as long as the stream said, as browsers do.
	 */
	private static final class AsTold extends RetryDelayStrategy {

		@Override
		public Result apply(long baseDelayMillis) {
			return new Result(baseDelayMillis, this);
		}

	}

}
