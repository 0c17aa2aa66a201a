package io.github.sseredis.benchmarks.client;

import java.nio.ByteBuffer;
import java.util.Locale;

/** Reads one HTTP response piece by piece: its status, and its body out of the chunks. */
final class ResponseParser {

	private enum State {

		HEADERS, CHUNK_SIZE, CHUNK, CHUNK_END, PLAIN_BODY, OVER

	}

	private final EventParser body;

	private State state = State.HEADERS;

	private StringBuilder headers = new StringBuilder();

	private int status;

	private long remaining;

	ResponseParser(EventParser body) {
		this.body = body;
	}

	/** The status; 0 before all headers were read. */
	int status() {
		return this.status;
	}

	boolean isOver() {
		return this.state == State.OVER;
	}

	void parse(ByteBuffer bytes, int from, int to) {
		int i = from;
		while (i < to) {
			switch (this.state) {
				case HEADERS -> header((char) bytes.get(i++));
				case CHUNK_SIZE -> chunkSize(bytes.get(i++));
				case CHUNK -> {
					int length = (int) Math.min(this.remaining, to - i);
					this.body.parse(bytes, i, i + length);
					i += length;
					this.remaining -= length;
					if (this.remaining == 0) {
						this.state = State.CHUNK_END;
					}
				}
				case CHUNK_END -> {
					if (bytes.get(i++) == '\n') {
						this.state = State.CHUNK_SIZE;
					}
				}
				case PLAIN_BODY -> {
					this.body.parse(bytes, i, to);
					i = to;
				}
				case OVER -> i = to;
			}
		}
	}

	private void header(char c) {
		this.headers.append(c);
		int length = this.headers.length();
		if (c == '\n' && length >= 4 && this.headers.charAt(length - 3) == '\n') {
			String text = this.headers.toString().toLowerCase(Locale.ROOT);
			this.headers = new StringBuilder(0);
			this.status = Integer.parseInt(text.substring("http/1.1 ".length(), "http/1.1 200".length()));
			this.state = text.contains("transfer-encoding: chunked") ? State.CHUNK_SIZE : State.PLAIN_BODY;
		}
	}

	private void chunkSize(byte b) {
		if (b == '\n') {
			this.state = this.remaining == 0 ? State.OVER : State.CHUNK;
		}
		else if (b != '\r') {
			this.remaining = this.remaining * 16 + Character.digit(b, 16);
		}
	}

}
