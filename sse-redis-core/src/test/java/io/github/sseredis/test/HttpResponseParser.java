package io.github.sseredis.test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes an HTTP/1.1 response apart as its bytes arrive: status line, headers, and the
 * body without its chunks. Used by one thread.
 */
final class HttpResponseParser {

	private enum State {

		STATUS, HEADERS, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILERS, KNOWN_LENGTH, UNTIL_CLOSE, COMPLETE

	}

	private final Sink sink;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream(64);

	private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	private String statusLine = "";

	private State state = State.STATUS;

	private long left;

	HttpResponseParser(Sink sink) {
		this.sink = sink;
	}

	String statusLine() {
		return this.statusLine;
	}

	int status() {
		return this.statusLine.isEmpty() ? 0 : Integer.parseInt(this.statusLine.split(" ", 3)[1]);
	}

	Map<String, List<String>> headers() {
		return this.headers;
	}

	boolean hasHeaders() {
		return this.state != State.STATUS && this.state != State.HEADERS;
	}

	/**
	 * Whether the response has ended as its headers said it would.
	 * @return false also for a body that ends with the connection
	 */
	boolean isComplete() {
		return this.state == State.COMPLETE;
	}

	boolean endsWithConnection() {
		return this.state == State.UNTIL_CLOSE;
	}

	void feed(byte[] bytes, int offset, int length) {
		int position = offset;
		int end = offset + length;
		while (position < end && this.state != State.COMPLETE) {
			switch (this.state) {
				case CHUNK, KNOWN_LENGTH, UNTIL_CLOSE -> position += body(bytes, position, end - position);
				default -> position = text(bytes, position, end);
			}
		}
	}

	private int body(byte[] bytes, int offset, int available) {
		int length = (this.state == State.UNTIL_CLOSE) ? available : (int) Math.min(available, this.left);
		this.sink.body(bytes, offset, length);
		if (this.state != State.UNTIL_CLOSE) {
			this.left -= length;
			if (this.left == 0) {
				this.state = (this.state == State.CHUNK) ? State.CHUNK_END : State.COMPLETE;
			}
		}
		return length;
	}

	private int text(byte[] bytes, int offset, int end) {
		for (int i = offset; i < end; i++) {
			if (bytes[i] != '\n') {
				this.line.write(bytes[i]);
				continue;
			}
			String text = this.line.toString(StandardCharsets.ISO_8859_1);
			this.line.reset();
			endLine(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
			return i + 1;
		}
		return end;
	}

	private void endLine(String text) {
		switch (this.state) {
			case STATUS -> {
				this.statusLine = text;
				this.state = State.HEADERS;
			}
			case HEADERS -> header(text);
			case CHUNK_SIZE -> chunkSize(text);
			case CHUNK_END -> this.state = State.CHUNK_SIZE;
			case TRAILERS -> this.state = text.isEmpty() ? State.COMPLETE : State.TRAILERS;
			default -> throw new IllegalStateException("No line in " + this.state);
		}
	}

	private void header(String text) {
		if (!text.isEmpty()) {
			int colon = text.indexOf(':');
			this.headers.computeIfAbsent(text.substring(0, colon), (name) -> new ArrayList<>())
				.add(text.substring(colon + 1).trim());
		}
		else if (status() >= 100 && status() < 200) {
			this.headers.clear();
			this.state = State.STATUS;
		}
		else {
			this.state = bodyState();
			this.sink.headers();
		}
	}

	private State bodyState() {
		if (status() == 204 || status() == 304) {
			return State.COMPLETE;
		}
		String coding = String.join(",", this.headers.getOrDefault("Transfer-Encoding", List.of()));
		if (coding.toLowerCase(Locale.ROOT).contains("chunked")) {
			return State.CHUNK_SIZE;
		}
		List<String> length = this.headers.getOrDefault("Content-Length", List.of());
		if (length.isEmpty()) {
			return State.UNTIL_CLOSE;
		}
		this.left = Long.parseLong(length.get(0));
		return (this.left == 0) ? State.COMPLETE : State.KNOWN_LENGTH;
	}

	private void chunkSize(String text) {
		int semicolon = text.indexOf(';');
		this.left = Long.parseLong((semicolon < 0) ? text.trim() : text.substring(0, semicolon).trim(), 16);
		this.sink.chunk(this.left);
		this.state = (this.left == 0) ? State.TRAILERS : State.CHUNK;
	}

	/**
	 * Takes what the parser finds.
	 */
	interface Sink {

		default void headers() {
		}

		/**
		 * A chunk begins.
		 * @param size its size, 0 for the last
		 */
		default void chunk(long size) {
		}

		void body(byte[] bytes, int offset, int length);

	}

}
