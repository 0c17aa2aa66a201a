package io.github.sseredis.test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventScannerTests {

	private static final String[] PIECES = { "data: 12", "data:7 of 8", "data", "data: none", "id: a.1", "id", "id:b",
			"event: order", "event: reset", "retry: 5", ": beat", "idx: 1", "dataset: 9", "", "", "" };

	private final List<Long> numbers = new ArrayList<>();

	private int resets;

	private final EventScanner scanner = new EventScanner(this::event);

	@Test
	void findsTheFirstNumberWhenTheDataHasSeveral() {
		feed("data: {\"n\":120,\"m\":3}\n\ndata: x\n\ndata: a\ndata: 4\ndata: 5\n\n");
		assertThat(this.numbers).containsExactly(120L, EventScanner.NO_NUMBER, 4L);
	}

	@Test
	void countsNoEventWhenTheBlockHasAnIdOnly() {
		feed("id: 9\n\n: beat\n\nretry: 3\n\n");
		assertThat(this.numbers).isEmpty();
		assertThat(this.scanner.lastEventId()).isEqualTo("9");
	}

	@Test
	void countsAResetApartWhenOneComes() {
		feed("event: reset\ndata: {\"reason\":\"trimmed\"}\nid: 4\n\ndata: 1\n\n");
		assertThat(this.resets).isOne();
		assertThat(this.numbers).containsExactly(1L);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void agreesWithTheParserWhenTheStreamIsRandom(long seed) {
		Random random = new Random(seed);
		List<SseBlock> blocks = new ArrayList<>();
		SseParser parser = new SseParser(blocks::add);
		StringBuilder stream = new StringBuilder();
		for (int i = 0; i < 2000; i++) {
			stream.append(PIECES[random.nextInt(PIECES.length)])
				.append(List.of("\n", "\r", "\r\n").get(random.nextInt(3)));
		}
		byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);
		parser.feed(bytes);
		for (int position = 0; position < bytes.length;) {
			int length = Math.min(1 + random.nextInt(40), bytes.length - position);
			this.scanner.feed(bytes, position, length);
			position += length;
		}
		List<SseBlock> events = blocks.stream().filter(SseBlock::isEvent).toList();
		assertThat(this.resets).isEqualTo(events.stream().filter((event) -> event.type().equals("reset")).count());
		assertThat(this.numbers).isEqualTo(events.stream()
			.filter((event) -> !event.type().equals("reset"))
			.map((event) -> number(event.data()))
			.toList());
		assertThat(this.scanner.lastEventId()).isEqualTo(parser.lastEventId());
	}

	private static long number(String data) {
		String digits = data.replaceFirst("(?s)^[^0-9]*", "").replaceFirst("(?s)[^0-9].*$", "");
		return digits.isEmpty() ? EventScanner.NO_NUMBER : Long.parseLong(digits);
	}

	private void event(long number, boolean reset) {
		if (reset) {
			this.resets++;
		}
		else {
			this.numbers.add(number);
		}
	}

	private void feed(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		this.scanner.feed(bytes, 0, bytes.length);
	}

}
