package io.github.sseredis.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;

/**
 * The way to a response in pieces, each with a deadline of its own: a write as long as a
 * big event would not keep the one it had on a slow line, and fail each time it was
 * repeated. Used by one drainer at a time.
 */
final class PiecewiseOutput {

	private final OutputStream body;

	private final BlockedWrite blockedWrite;

	private final LongSupplier ticker;

	private final int longestWrite;

	private long unflushed;

	/**
	 * Creates an output.
	 * @param buffer the size of the response's buffer
	 */
	PiecewiseOutput(OutputStream body, int buffer, BlockedWrite blockedWrite, LongSupplier ticker) {
		this.body = body;
		this.blockedWrite = blockedWrite;
		this.ticker = ticker;
		this.longestWrite = Math.max(1, blockedWrite.longestWrite(buffer));
	}

	void write(byte[] bytes, int length) throws IOException {
		int piece = Math.min(DrainBuffer.PIECE, this.longestWrite);
		for (int from = 0; from < length; from += piece) {
			int count = Math.min(piece, length - from);
			if (this.unflushed + count > this.longestWrite) {
				flush();
			}
			this.blockedWrite.enter(this.ticker.getAsLong());
			try {
				this.body.write(bytes, from, count);
			}
			finally {
				this.blockedWrite.leave();
			}
			this.unflushed += count;
		}
	}

	void flush() throws IOException {
		this.blockedWrite.enter(this.ticker.getAsLong());
		try {
			this.body.flush();
		}
		finally {
			this.blockedWrite.leave();
		}
		this.unflushed = 0;
	}

}
