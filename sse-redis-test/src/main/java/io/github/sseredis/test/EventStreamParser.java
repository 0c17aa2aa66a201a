package io.github.sseredis.test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Reads an event stream as a browser does, after
 * <a href= "https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG</a>. A
 * block that is not complete is never handed out. Used by one thread.
 */
final class EventStreamParser {

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	// Beyond it a time is no time that anybody would wait.
	private static final int MAX_RETRY_DIGITS = 15;

	private final Consumer<StreamBlock> sink;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	private boolean firstLine = true;

	private boolean afterReturn;

	// Stays between blocks and, as in browsers, between connections.

	private String lastEventId;

	// The block that is being read.

	private boolean begun;

	private @Nullable StringBuilder data;

	private String type = "";

	private @Nullable Duration retry;

	private List<String> comments = new ArrayList<>();

	/**
	 * Creates a parser for one connection.
	 * @param lastEventId the ID with which the connection was opened, empty for none
	 * @param sink takes each complete block
	 */
	EventStreamParser(String lastEventId, Consumer<StreamBlock> sink) {
		this.lastEventId = lastEventId;
		this.sink = sink;
	}

	void feed(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		feed(bytes, bytes.length);
	}

	void feed(byte[] bytes, int length) {
		for (int i = 0; i < length; i++) {
			byte next = bytes[i];
			boolean secondOfPair = next == '\n' && this.afterReturn;
			this.afterReturn = next == '\r';
			if (secondOfPair) {
				continue;
			}
			if (next == '\r' || next == '\n') {
				endLine();
			}
			else {
				this.line.write(next);
			}
		}
	}

	private void endLine() {
		byte[] bytes = this.line.toByteArray();
		this.line.reset();
		int start = (this.firstLine && hasByteOrderMark(bytes)) ? BYTE_ORDER_MARK.length : 0;
		this.firstLine = false;
		String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
		if (text.isEmpty()) {
			endBlock();
		}
		else {
			this.begun = true;
			takeLine(text);
		}
	}

	private void takeLine(String text) {
		int colon = text.indexOf(':');
		String name = (colon < 0) ? text : text.substring(0, colon);
		String value = (colon < 0) ? "" : text.substring(colon + 1);
		takeField(name, value.startsWith(" ") ? value.substring(1) : value);
	}

	private void takeField(String name, String value) {
		switch (name) {
			case "" -> this.comments.add(value);
			case "event" -> this.type = value;
			case "data" -> takeData(value);
			case "id" -> {
				if (value.indexOf('\0') < 0) {
					this.lastEventId = value;
				}
			}
			case "retry" -> {
				if (isNumber(value)) {
					this.retry = Duration.ofMillis(Long.parseLong(value));
				}
			}
			default -> {
			}
		}
	}

	private void takeData(String value) {
		if (this.data == null) {
			this.data = new StringBuilder(value);
		}
		else {
			this.data.append('\n').append(value);
		}
	}

	private void endBlock() {
		if (this.begun) {
			this.sink.accept(new StreamBlock(event(), this.lastEventId, this.retry, List.copyOf(this.comments)));
		}
		this.begun = false;
		this.data = null;
		this.type = "";
		this.retry = null;
		this.comments = new ArrayList<>();
	}

	private @Nullable ReceivedEvent event() {
		if (this.data == null) {
			return null;
		}
		return new ReceivedEvent(this.type.isEmpty() ? "message" : this.type, this.data.toString(), this.lastEventId);
	}

	private static boolean isNumber(String value) {
		return !value.isEmpty() && value.length() <= MAX_RETRY_DIGITS
				&& value.chars().allMatch((character) -> character >= '0' && character <= '9');
	}

	private static boolean hasByteOrderMark(byte[] bytes) {
		for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
			if (bytes.length <= i || bytes[i] != BYTE_ORDER_MARK[i]) {
				return false;
			}
		}
		return true;
	}

}
