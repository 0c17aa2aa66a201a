package io.github.sseredis.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.github.sseredis.EventFrame;
import io.github.sseredis.EventId;
import io.github.sseredis.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * What a stream carries beside the events. A block with only an {@code id} dispatches
 * nothing, but a browser takes it as its last event ID: so a client that has seen no
 * event can resume, and one that has been quiet resumes from near the end.
 *
 * @param options the names and times
 * @param jitter spreads the reconnects
 */
record WireBlocks(ConnectionOptions options, Jitter jitter) {

	/** How many reconnect times a client stays away that was refused. */
	private static final int MUCH_LATER = 10;

	/** When to reconnect, the ID, and the connect event if there is one. */
	byte[] opening(@Nullable String id) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(96);
		out.writeBytes(utf8("retry: " + millis(this.options.reconnectTime()) + "\n"));
		if (id != null) {
			out.writeBytes(utf8("id: " + id + "\n"));
		}
		out.write('\n');
		if (this.options.connectEvent() != null) {
			out.writeBytes(frame(this.options.connectEvent(), "{}", id));
		}
		return out.toByteArray();
	}

	/** The ID, or when to reconnect while there is none. */
	byte[] heartbeat(@Nullable EventId id) {
		return id != null ? utf8("id: " + id + "\n\n") : retry();
	}

	byte[] reset(ResetReason reason, List<String> topics, @Nullable EventId id) {
		String names = topics.stream().map(JsonString::quote).collect(Collectors.joining(","));
		String data = "{\"reason\":\"" + reason.wireForm() + "\",\"topics\":[" + names + "]}";
		return frame(this.options.resetEvent(), data, id != null ? id.toString() : null);
	}

	byte[] retry() {
		return utf8("retry: " + millis(this.options.reconnectTime()) + "\n\n");
	}

	byte[] retryMuchLater() {
		return utf8("retry: " + millis(this.options.reconnectTime().multipliedBy(MUCH_LATER)) + "\n\n");
	}

	private long millis(Duration duration) {
		return this.jitter.lengthen(duration).toMillis();
	}

	private static byte[] frame(String type, String data, @Nullable String id) {
		byte[] fields = EventFrame.encode(type, data);
		return id != null ? EventFrame.withId(fields, id) : EventFrame.withoutId(fields);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
