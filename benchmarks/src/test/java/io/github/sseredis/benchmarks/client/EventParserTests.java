package io.github.sseredis.benchmarks.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventParserTests {

	private final List<String> found = new ArrayList<>();

	private final EventParser parser = new EventParser(new RecordingSink());

	@Test
	void findsTheNumbersWhenAnEventComes() {
		parse("event:t1\ndata:\"3 17 9000 xxxxxxxxxxxxxxxxxxxxxxxx\"\nid:e-5\n\n");
		assertThat(this.found).containsExactly("3 17 9000");
		assertThat(this.parser.lastEventId()).isEqualTo("e-5");
	}

	@Test
	void findsTheSameWhereverTheStreamIsCut() {
		String stream = "retry:3000\nid:a\n\n: hello\n\ndata: 0 1 22 xx xx xx xx xx xx\nid: b\n\ndata:0 2 23\n\n";
		for (int cut = 0; cut <= stream.length(); cut++) {
			this.found.clear();
			parse(stream.substring(0, cut));
			parse(stream.substring(cut));
			assertThat(this.found).containsExactly("0 1 22", "0 2 23");
			assertThat(this.parser.lastEventId()).isEqualTo("b");
		}
	}

	@Test
	void keepsTheIdOfTheLastWholeBlockWhenOneIsCutOff() {
		parse("data:0 1 22 x\nid:a\n\ndata:0 2 23 x\nid:b\n");
		this.parser.restart();
		assertThat(this.parser.lastEventId()).isEqualTo("a");
		parse("data:0 2 23 x\nid:b\n\n");
		assertThat(this.found).containsExactly("0 1 22", "0 2 23");
	}

	@Test
	void tellsAResetFromOtherTypes() {
		parse("event:reset\ndata:{\"reason\":\"x\"}\nid:a\n\nevent:resets\ndata:0 1 2 x\n\nevent:rese\ndata:0 2 3 x\n\n");
		assertThat(this.found).containsExactly("reset", "0 1 2", "0 2 3");
	}

	@Test
	void saysSoWhenDataIsNotOfTheBenchmark() {
		parse("data:hello\n\nnothing: of ours\n\n");
		assertThat(this.found).containsExactly("malformed", "malformed");
	}

	@Test
	void readsTheBodyOutOfChunksWhereverTheyAreCut() {
		String body = "data:0 1 22 x\n\n";
		String stream = "HTTP/1.1 200 \r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
				+ "5\r\n" + body.substring(0, 5) + "\r\na\r\n" + body.substring(5) + "\r\n0\r\n\r\n";
		for (int cut = 0; cut <= stream.length(); cut++) {
			this.found.clear();
			ResponseParser response = new ResponseParser(this.parser);
			response.parse(bytes(stream.substring(0, cut)), 0, cut);
			response.parse(bytes(stream.substring(cut)), 0, stream.length() - cut);
			assertThat(this.found).containsExactly("0 1 22");
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.isOver()).isTrue();
		}
	}

	private void parse(String text) {
		this.parser.parse(bytes(text), 0, text.length());
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
	}

	private final class RecordingSink implements EventSink {

		@Override
		public void event(int topic, long number, long due) {
			EventParserTests.this.found.add(topic + " " + number + " " + due);
		}

		@Override
		public void reset() {
			EventParserTests.this.found.add("reset");
		}

		@Override
		public void malformed() {
			EventParserTests.this.found.add("malformed");
		}

	}

}
