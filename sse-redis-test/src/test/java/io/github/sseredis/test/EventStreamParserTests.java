package io.github.sseredis.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link EventStreamParser}, with the examples of WHATWG among others. */
class EventStreamParserTests {

	@Test
	void readsTypeDataAndId() {
		assertThat(events("event: order\ndata: first\ndata:second\nid: 7\n\n"))
			.containsExactly(new ReceivedEvent("order", "first\nsecond", "7"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r", "\r\n" })
	void takesEachKindOfLineEnd(String end) {
		assertThat(events("data: a" + end + end + "data: b" + end + end)).extracting(ReceivedEvent::data)
			.containsExactly("a", "b");
	}

	@Test
	void takesOneSpaceOffAndNoMore() {
		assertThat(events("data:a\n\ndata: a\n\ndata:  a\n\n")).extracting(ReceivedEvent::data)
			.containsExactly("a", "a", " a");
	}

	@Test
	void dispatchesEmptyDataButNothingWithoutData() {
		assertThat(events("data\n\ndata\ndata\n\nevent: order\n\n")).extracting(ReceivedEvent::data)
			.containsExactly("", "\n");
	}

	@Test
	void dropsWhatIsNotComplete() {
		assertThat(events("data: a\n\ndata: b\n")).extracting(ReceivedEvent::data).containsExactly("a");
	}

	@Test
	void takesIdOfABlockWithNothingElse() {
		assertThat(blocks("", "id: 7\n\n")).singleElement().satisfies((block) -> {
			assertThat(block.event()).isNull();
			assertThat(block.lastEventId()).isEqualTo("7");
		});
	}

	@Test
	void keepsIdUntilTheNext() {
		assertThat(events("id: 7\ndata: a\n\ndata: b\n\nid\ndata: c\n\n")).extracting(ReceivedEvent::id)
			.containsExactly("7", "7", "");
	}

	@Test
	void keepsIdOfTheConnectionBefore() {
		assertThat(blocks("6", "data: a\n\n").get(0).lastEventId()).isEqualTo("6");
	}

	@Test
	void ignoresIdWithNulAndRetryThatIsNoNumber() {
		assertThat(blocks("", "id: a\0b\nretry: 3s\n\n").get(0)).isEqualTo(new StreamBlock(null, "", null, List.of()));
	}

	@Test
	void readsRetryAndComments() {
		assertThat(blocks("", "retry: 4500\n: ping\n:\n\n").get(0))
			.isEqualTo(new StreamBlock(null, "", Duration.ofMillis(4500), List.of("ping", "")));
	}

	@Test
	void ignoresUnknownFieldsAndAByteOrderMark() {
		assertThat(events("\uFEFFdata: a\nfoo: bar\n\n")).extracting(ReceivedEvent::data).containsExactly("a");
	}

	@Test
	void readsWhatComesByteByByte() {
		List<StreamBlock> blocks = new ArrayList<>();
		EventStreamParser parser = new EventStreamParser("", blocks::add);
		for (byte next : "data: 주문\r\n\r\ndata: b\r\n\r\n".getBytes(StandardCharsets.UTF_8)) {
			parser.feed(new byte[] { next }, 1);
		}
		assertThat(blocks).extracting((block) -> block.event().data()).containsExactly("주문", "b");
	}

	@Test
	void readsDataAsJson() {
		ReceivedEvent event = new ReceivedEvent("order", "{\"item\":\"떡볶이\",\"at\":\"2026-01-02\"}", "");
		assertThat(event.data(Order.class)).isEqualTo(new Order("떡볶이", LocalDate.of(2026, 1, 2)));
	}

	private static List<ReceivedEvent> events(String stream) {
		return ReceivedEvent.listOf(stream);
	}

	private static List<StreamBlock> blocks(String lastEventId, String stream) {
		List<StreamBlock> blocks = new ArrayList<>();
		new EventStreamParser(lastEventId, blocks::add).feed(stream);
		return blocks;
	}

	record Order(String item, LocalDate at) {

	}

}
