package io.github.sseredis.test;

import java.io.IOException;
import java.net.URI;

import org.jspecify.annotations.Nullable;

/** One connection of a client, read by a thread of its own. */
final class SseConnection {

	private final HttpExchange exchange;

	private final StreamRecord record;

	private final EventStreamParser parser;

	// Written by the reading thread before the connection is open or refused.

	private volatile int status;

	SseConnection(URI uri, ClientOptions options, StreamRecord record) throws IOException {
		this.record = record;
		String cursor = record.lastEventId();
		this.parser = new EventStreamParser(cursor, (block) -> record.received(this, block));
		String fields = cursor.isEmpty() ? options.fields() : options.fields() + "Last-Event-ID: " + cursor + "\r\n";
		this.exchange = HttpExchange.open(uri, fields, options);
	}

	/** Begins to read. */
	void start() {
		this.record.begin(this);
		Thread thread = new Thread(this::run, "sse-client");
		thread.setDaemon(true);
		thread.start();
	}

	/** The status of the response; not to be asked before there is one. */
	int status() {
		return this.status;
	}

	@Nullable String header(String name) {
		return this.exchange.header(name);
	}

	void close() {
		this.record.ended(this, ConnectionState.CLOSED, "");
		this.exchange.close();
	}

	void abort() {
		this.record.ended(this, ConnectionState.CLOSED, "");
		this.exchange.abort();
	}

	private void run() {
		try {
			this.exchange.readHead();
			this.status = this.exchange.status();
			String type = this.exchange.header("Content-Type");
			if (this.status == 200 && type != null && type.startsWith("text/event-stream")) {
				this.record.opened(this);
				readStream();
			}
			else {
				this.record.ended(this, ConnectionState.REFUSED, refusal(type));
			}
		}
		catch (IOException | RuntimeException ex) {
			this.record.ended(this, ConnectionState.BROKEN, String.valueOf(ex.getMessage()));
		}
		finally {
			this.exchange.close();
		}
	}

	private String refusal(@Nullable String type) {
		String location = this.exchange.header("Location");
		String body = this.exchange.readExcerpt();
		return "status " + this.status + ((location != null) ? ", to " + location : "")
				+ ((type != null) ? ", content type " + type : "") + (body.isEmpty() ? "" : ": " + body);
	}

	private void readStream() throws IOException {
		byte[] buffer = new byte[8192];
		int length = this.exchange.readBody(buffer);
		while (length >= 0) {
			this.parser.feed(buffer, length);
			length = this.exchange.readBody(buffer);
		}
		this.record.ended(this, ConnectionState.ENDED, "");
	}

}
