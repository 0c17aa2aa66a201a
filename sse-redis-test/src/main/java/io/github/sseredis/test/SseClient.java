package io.github.sseredis.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * A client that reads a stream in the background as a browser's {@code EventSource} does,
 * except that it comes back only when the test says so. It holds its last event ID as a
 * browser does: blocks with nothing but an ID count. It shares no code with what writes
 * the streams.
 *
 * <p>
 * Events are taken in order: what an expectation of {@code assertThat(client)}, or
 * {@code awaitEvent}, has taken is not looked at again. Thread-safe, but meant for the
 * one thread of a test, which closes it.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG,
 * server-sent events</a>
 */
public final class SseClient implements AutoCloseable, AssertProvider<SseClientAssert> {

	private final ClientOptions options;

	private final StreamRecord record;

	private volatile URI uri;

	private volatile SseConnection connection;

	private SseClient(ClientOptions options, String lastEventId) {
		this.options = options;
		this.record = new StreamRecord(lastEventId);
		this.uri = options.uri();
		this.connection = connect();
	}

	/**
	 * Opens a stream.
	 * @param uri where, as {@code http://localhost:8080/stream}
	 * @throws UncheckedIOException if nobody listens there, or is not trusted
	 */
	public static SseClient open(String uri) {
		return to(uri).open();
	}

	/**
	 * Returns a builder of a client, for what needs more than an address.
	 * @param uri where, as {@code http://localhost:8080/stream}
	 */
	public static Builder to(String uri) {
		return to(URI.create(uri));
	}

	/** Returns a builder of a client. */
	public static Builder to(URI uri) {
		return new Builder(uri);
	}

	/**
	 * Waits until the stream is open and its first block has come, from which the client
	 * can resume.
	 * @throws AssertionError if it is refused, or does not open in time
	 */
	public SseClient awaitOpen() {
		this.record.await(this.record::hasBegun, () -> this.record.state().isEnd(), this.options.deadline(),
				() -> "an open stream");
		return this;
	}

	/**
	 * Waits for the next event, and takes it.
	 * @throws AssertionError if none comes in time
	 */
	public ReceivedEvent awaitEvent() {
		this.record.await(this.record::hasMore, () -> this.record.state().isEnd(), this.options.deadline(),
				() -> "an event");
		return this.record.take();
	}

	/**
	 * Waits for the next event of a type, and takes it and all before it.
	 * @throws AssertionError if none comes in time
	 */
	public ReceivedEvent awaitEvent(String type) {
		return awaitEvent((event) -> event.type().equals(type), "an event of type '" + type + "'");
	}

	/**
	 * Waits for the next event that fulfils a condition, and takes it and all before it.
	 * @throws AssertionError if none comes in time
	 */
	public ReceivedEvent awaitEvent(Predicate<? super ReceivedEvent> condition) {
		return awaitEvent(condition, "an event that fulfils the condition");
	}

	private ReceivedEvent awaitEvent(Predicate<? super ReceivedEvent> condition, String what) {
		this.record.await(() -> this.record.hasMore(condition), () -> this.record.state().isEnd(),
				this.options.deadline(), () -> what);
		ReceivedEvent event = this.record.take();
		while (!condition.test(event)) {
			event = this.record.take();
		}
		return event;
	}

	/** All events so far, over all connections of this client, taken or not. */
	public List<ReceivedEvent> events() {
		return this.record.events();
	}

	/** All comments so far, over all connections of this client. */
	public List<String> comments() {
		return this.record.comments();
	}

	/** The ID with which this client would resume; empty for none. */
	public String lastEventId() {
		return this.record.lastEventId();
	}

	/**
	 * The reconnection time that the stream asked for last; null if it asked for none.
	 */
	public @Nullable Duration retry() {
		return this.record.retry();
	}

	/** Whether the stream is open. */
	public boolean isOpen() {
		return this.record.state() == ConnectionState.OPEN;
	}

	/**
	 * The status of the newest response; waits until it is there.
	 * @throws AssertionError if it does not come in time
	 */
	public int status() {
		return answered().status();
	}

	/**
	 * A header of the newest response; waits until it is there.
	 * @param name its name, in any case
	 * @return its values joined by a comma, null if there is none
	 * @throws AssertionError if no response comes in time
	 */
	public @Nullable String header(String name) {
		return answered().header(name);
	}

	/**
	 * Breaks the connection as a network does that fails: the server is not told before
	 * its next write. What came before is kept.
	 */
	public SseClient breakConnection() {
		this.connection.abort();
		return this;
	}

	/**
	 * Comes back to the same address with the last event ID, after the connection was
	 * broken or has ended; an open one is broken first.
	 * @throws UncheckedIOException if nobody listens there, or is not trusted
	 */
	public SseClient resume() {
		this.connection.abort();
		this.connection = connect();
		return this;
	}

	/**
	 * Comes back to another address, as a load balancer may send a client to another
	 * instance.
	 * @throws UncheckedIOException if nobody listens there, or is not trusted
	 * @see #resume()
	 */
	public SseClient resume(String uri) {
		this.uri = URI.create(uri);
		return resume();
	}

	/**
	 * Closes the connection as a browser tab does. What came before can still be read.
	 */
	@Override
	public void close() {
		this.connection.close();
	}

	/** Used by {@code assertThat(client)}. */
	@Override
	public SseClientAssert assertThat() {
		return new SseClientAssert(this);
	}

	@Override
	public String toString() {
		return "SseClient[" + this.uri + ", " + this.record.describe() + "]";
	}

	StreamRecord record() {
		return this.record;
	}

	ClientOptions options() {
		return this.options;
	}

	private SseConnection answered() {
		SseConnection asked = this.connection;
		this.record.await(() -> asked.status() > 0, () -> this.record.state().isEnd(), this.options.deadline(),
				() -> "a response");
		return asked;
	}

	private SseConnection connect() {
		try {
			SseConnection opened = new SseConnection(this.uri, this.options, this.record);
			opened.start();
			return opened;
		}
		catch (SSLException ex) {
			throw new UncheckedIOException("Cannot connect to " + this.uri + " by TLS: " + ex.getMessage()
					+ "; whom a client trusts is said by SseClient.to(uri).sslContext(...)", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot connect to " + this.uri + ": " + ex.getMessage(), ex);
		}
	}

	/** Builds an {@link SseClient}; not thread-safe. */
	public static final class Builder {

		private final URI uri;

		private final StringBuilder fields = new StringBuilder(
				"Accept: text/event-stream\r\nCache-Control: no-cache\r\n");

		private String lastEventId = "";

		private Duration deadline = Duration.ofSeconds(10);

		private String resetType = "reset";

		private @Nullable SSLContext sslContext;

		private Builder(URI uri) {
			if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
				throw new IllegalArgumentException("Not the address of a stream: " + uri);
			}
			this.uri = uri;
		}

		/**
		 * Sends a header with each request.
		 * @throws IllegalArgumentException if it has a line break
		 */
		public Builder header(String name, String value) {
			String field = name + ": " + value;
			if (field.indexOf('\r') >= 0 || field.indexOf('\n') >= 0) {
				throw new IllegalArgumentException("A header has no line break: " + field);
			}
			this.fields.append(field).append("\r\n");
			return this;
		}

		/** Authenticates with name and password. */
		public Builder basicAuth(String name, String password) {
			byte[] credentials = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
			return header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
		}

		/** Authenticates with a bearer token. */
		public Builder bearerToken(String token) {
			return header("Authorization", "Bearer " + token);
		}

		/** Resumes after an event, in place of beginning with what is new. */
		public Builder lastEventId(String lastEventId) {
			this.lastEventId = lastEventId;
			return this;
		}

		/**
		 * Sets how long the client waits for anything that it expects; 10 s if not set.
		 */
		public Builder deadline(Duration deadline) {
			this.deadline = deadline;
			return this;
		}

		/** Sets the type of reset events, as {@code sse.reset-event} does. */
		public Builder resetEvent(String type) {
			this.resetType = type;
			return this;
		}

		/**
		 * Sets whom to trust at an {@code https} address; the JVM's default if not set.
		 * For a certificate of a test's own, {@code createSslContext()} of a Spring Boot
		 * {@code SslBundle} whose trust store has it.
		 */
		public Builder sslContext(SSLContext sslContext) {
			this.sslContext = sslContext;
			return this;
		}

		/**
		 * Opens the stream; it is read in the background.
		 * @throws UncheckedIOException if nobody listens there, or is not trusted
		 */
		public SseClient open() {
			return new SseClient(new ClientOptions(this.uri, this.fields.toString(), this.deadline, this.resetType,
					(this.sslContext != null) ? this.sslContext : defaultContext()), this.lastEventId);
		}

		private static SSLContext defaultContext() {
			try {
				return SSLContext.getDefault();
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
