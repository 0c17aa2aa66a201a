package io.github.sseredis.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.util.StringUtils;

/**
 * A response in memory: counts events and blocks, is broken when told to be, and does not
 * let two threads write at once.
 */
final class FakeResponse extends OutputStream implements ServerHttpResponse {

	private final HttpHeaders headers = new HttpHeaders();

	private volatile boolean broken;

	private volatile int events;

	private volatile int blocks;

	private volatile boolean writing;

	private volatile Runnable onWrite = () -> {
	};

	void breakDown() {
		this.broken = true;
	}

	/** Sets what happens during writes. */
	void onWrite(Runnable action) {
		this.onWrite = action;
	}

	/** The number of {@code data} fields that were written. */
	int events() {
		return this.events;
	}

	/** The number of blocks that were written, of whatever fields. */
	int blocks() {
		return this.blocks;
	}

	@Override
	public void write(int b) throws IOException {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	@SuppressWarnings("NonAtomicVolatileUpdate") // That is what is checked.
	public void write(byte[] bytes, int offset, int length) throws IOException {
		if (this.writing) {
			throw new IllegalStateException("two write at once");
		}
		this.writing = true;
		try {
			this.onWrite.run();
			if (this.broken) {
				throw new IOException("broken");
			}
			String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
			this.events += StringUtils.countOccurrencesOf(text, "data:");
			this.blocks += StringUtils.countOccurrencesOf(text, "\n\n");
		}
		finally {
			this.writing = false;
		}
	}

	@Override
	public OutputStream getBody() {
		return this;
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public void setStatusCode(HttpStatusCode status) {
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
	}

}
