package io.github.sseredis.test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HttpResponseParserTests {

	private final StringBuilder body = new StringBuilder();

	private final List<Long> chunks = new ArrayList<>();

	private final HttpResponseParser parser = new HttpResponseParser(new HttpResponseParser.Sink() {

		@Override
		public void chunk(long size) {
			HttpResponseParserTests.this.chunks.add(size);
		}

		@Override
		public void body(byte[] bytes, int offset, int length) {
			HttpResponseParserTests.this.body.append(new String(bytes, offset, length, StandardCharsets.US_ASCII));
		}

	});

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 1000 })
	void joinsTheChunksWhenTheBytesComeInPieces(int size) {
		feed("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: 1\r\nx: 2\r\n\r\n"
				+ "5\r\nhello\r\n1;ext=1\r\n,\r\nA\r\n world 123\r\n0\r\nTrailer: x\r\n\r\nrest", size);
		assertThat(this.body).hasToString("hello, world 123");
		assertThat(this.chunks).containsExactly(5L, 1L, 10L, 0L);
		assertThat(this.parser.statusLine()).isEqualTo("HTTP/1.1 200 OK");
		assertThat(this.parser.headers().get("x")).containsExactly("1", "2");
		assertThat(this.parser.isComplete()).isTrue();
	}

	@Test
	void isNotCompleteWhenTheLastChunkIsMissing() {
		feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", 9);
		assertThat(this.parser.isComplete()).isFalse();
		assertThat(this.parser.endsWithConnection()).isFalse();
	}

	@Test
	void isCompleteWhenTheKnownLengthIsThere() {
		feed("HTTP/1.1 401 \r\nContent-Length: 2\r\n\r\nno", 5);
		assertThat(this.parser.status()).isEqualTo(401);
		assertThat(this.body).hasToString("no");
		assertThat(this.parser.isComplete()).isTrue();
	}

	@Test
	void endsWithTheConnectionWhenNoLengthIsGiven() {
		feed("HTTP/1.1 200 OK\r\n\r\nab", 5);
		assertThat(this.body).hasToString("ab");
		assertThat(this.parser.endsWithConnection()).isTrue();
	}

	private void feed(String text, int size) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		for (int position = 0; position < bytes.length; position += size) {
			this.parser.feed(bytes, position, Math.min(size, bytes.length - position));
		}
	}

}
