package io.github.sseredis.web;

import io.github.sseredis.log.FrameBatch;
import org.jspecify.annotations.Nullable;

/** What a drainer collects frames in, and joins them in, for one write. */
final class DrainBuffer {

	/** The greatest piece that is written with one deadline, in bytes. */
	static final int PIECE = FrameBatch.LIMIT;

	private final FrameBatch batch = new FrameBatch();

	private final byte @Nullable [] joined;

	private DrainBuffer(byte @Nullable [] joined) {
		this.joined = joined;
	}

	static DrainBuffer joining() {
		return new DrainBuffer(new byte[PIECE]);
	}

	/** Returns a buffer that holds no memory while its write is stuck. */
	static DrainBuffer lean() {
		return new DrainBuffer(null);
	}

	FrameBatch batch() {
		return this.batch;
	}

	byte @Nullable [] joined() {
		return this.joined;
	}

}
