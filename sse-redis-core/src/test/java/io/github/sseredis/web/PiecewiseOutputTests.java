package io.github.sseredis.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.sseredis.web.WriteAborter.Next;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PiecewiseOutputTests {

	private static final int KB = 1024;

	private static final WriteAborter WITHIN_THE_BUFFER = new WriteAborter() {

		@Override
		public Next abort(int step) {
			return Next.WAIT;
		}

		@Override
		public int longestWrite(int buffer) {
			return buffer;
		}

	};

	private final AtomicLong now = new AtomicLong();

	private final Body body = new Body();

	@Test
	void eachPieceHasADeadlineOfItsOwn() throws IOException {
		BlockedWrite write = new BlockedWrite(WriteAborter.INTERRUPTS);
		PiecewiseOutput output = new PiecewiseOutput(this.body, 8 * KB, write, this.now::incrementAndGet);
		output.write(new byte[40 * KB], 40 * KB);
		assertThat(this.body.calls).containsExactly(16 * KB, 16 * KB, 8 * KB);
		assertThat(write.startedAt()).isEqualTo(3);
	}

	@Test
	void flushesBeforeMoreIsWrittenThanTheAborterCanFree() throws IOException {
		PiecewiseOutput output = new PiecewiseOutput(this.body, 8 * KB, new BlockedWrite(WITHIN_THE_BUFFER),
				this.now::get);
		output.write(new byte[20 * KB], 20 * KB);
		output.write(new byte[4 * KB], 3 * KB);
		output.write(new byte[4 * KB], 2 * KB);
		output.flush();
		output.write(new byte[8 * KB], 8 * KB);
		assertThat(this.body.calls).containsExactly(8 * KB, Body.FLUSH, 8 * KB, Body.FLUSH, 4 * KB, 3 * KB, Body.FLUSH,
				2 * KB, Body.FLUSH, 8 * KB);
	}

	private static final class Body extends OutputStream {

		static final int FLUSH = -1;

		final List<Integer> calls = new ArrayList<>();

		@Override
		public void write(int b) {
			this.calls.add(1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			this.calls.add(length);
		}

		@Override
		public void flush() {
			this.calls.add(FLUSH);
		}

	}

}
