package io.github.sseredis.web;

import java.io.IOException;
import java.io.OutputStream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.ServerHttpResponse;

/**
 * A response in memory: counts events, is broken when told to be, and does not let two
 * threads write at once.
 */
final class FakeResponse extends OutputStream implements ServerHttpResponse {

	private final HttpHeaders headers = new HttpHeaders();

	private volatile boolean broken;

	private volatile int events;

	private volatile boolean writing;

	void breakDown() {
		this.broken = true;
	}

	/** The number of {@code data} fields that were written. */
	int events() {
		return this.events;
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
			if (this.broken) {
				throw new IOException("broken");
			}
			int found = 0;
			for (int i = offset; i < offset + length - 5; i++) {
				if (bytes[i] == 'd' && bytes[i + 1] == 'a' && bytes[i + 2] == 't' && bytes[i + 3] == 'a') {
					found++;
				}
			}
			this.events += found;
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
