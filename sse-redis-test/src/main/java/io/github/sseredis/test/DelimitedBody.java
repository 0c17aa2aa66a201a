package io.github.sseredis.test;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body, or a part of one, whose length is known before. */
final class DelimitedBody extends InputStream {

	private final InputStream in;

	private final long size;

	private long left;

	DelimitedBody(InputStream in, long size) {
		this.in = in;
		this.size = size;
		this.left = size;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xFF;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		if (this.left == 0) {
			return -1;
		}
		int count = this.in.read(buffer, offset, (int) Math.min(length, this.left));
		if (count < 0) {
			throw new EOFException("The connection ended in the middle of a response");
		}
		this.left -= count;
		return count;
	}

}
