package io.github.sseredis;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.ErrorStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.StreamException;
import com.launchdarkly.logging.LDLogger;
import org.jspecify.annotations.Nullable;

/** Reads a stream with a parser that is not of this project: okhttp-eventsource's. */
final class ForeignParser {

	private ForeignParser() {
	}

	/** Returns the events of a whole stream, in order. */
	static List<ParsedEvent> parse(byte[] stream) {
		List<ParsedEvent> events = new ArrayList<>();
		try (EventSource source = new EventSource.Builder(new Bytes(stream)).errorStrategy(ErrorStrategy.alwaysThrow())
			.logger(LDLogger.none())
			.build()) {
			while (true) {
				MessageEvent message = source.readMessage();
				String id = message.getLastEventId();
				events.add(new ParsedEvent(message.getEventName(), message.getData(), id != null ? id : ""));
			}
		}
		catch (StreamException ex) {
			// That is its way of saying that the stream is over.
			return events;
		}
	}

	private static final class Bytes extends ConnectStrategy {

		private final byte[] stream;

		Bytes(byte[] stream) {
			this.stream = stream;
		}

		@Override
		public Client createClient(LDLogger logger) {
			return new Client() {

				@Override
				public Result connect(@Nullable String lastEventId) {
					Closeable nothing = () -> {
					};
					return new Result(new ByteArrayInputStream(Bytes.this.stream), getOrigin(), nothing);
				}

				@Override
				public boolean awaitClosed(long timeoutMillis) {
					return true;
				}

				@Override
				public URI getOrigin() {
					return URI.create("memory:stream");
				}

				@Override
				public void close() {
				}

			};
		}

	}

}
