package io.github.sseredis.test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SseParserTests {

	private final List<SseBlock> blocks = new ArrayList<>();

	private final SseParser parser = new SseParser(this.blocks::add);

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r", "\r\n" })
	void endsLinesWhenTheyEndInAnyWay(String end) {
		feed("event: order" + end + "data: a" + end + "data: b" + end + "id: 7" + end + end + "data: c" + end + end);
		assertThat(this.blocks).extracting(SseBlock::type).containsExactly("order", "message");
		assertThat(this.blocks).extracting(SseBlock::data).containsExactly("a\nb", "c");
		assertThat(this.blocks).extracting(SseBlock::lastEventId).containsExactly("7", "7");
		assertThat(this.blocks).extracting(SseBlock::id).containsExactly("7", null);
	}

	@Test
	void seesTheSameWhenTheBytesComeOneByOne() {
		String stream = "\uFEFFdata: 주문\r\ndata: 🎉\r\nid: 1\r\n\r\n: beat\r\r\nid: 2\n\n";
		feed(stream);
		List<SseBlock> whole = List.copyOf(this.blocks);
		this.blocks.clear();
		SseParser slow = new SseParser(this.blocks::add);
		for (byte b : stream.getBytes(StandardCharsets.UTF_8)) {
			slow.feed(new byte[] { b });
		}
		assertThat(this.blocks).usingRecursiveComparison().ignoringFields("nanos").isEqualTo(whole);
		assertThat(this.blocks).extracting(SseBlock::data).containsExactly("주문\n🎉", null, null);
	}

	@Test
	void ignoresTheByteOrderMarkWhenItIsAtTheStart() {
		feed("\uFEFFdata: a\n\n\uFEFFdata: b\n\n");
		assertThat(this.blocks).extracting(SseBlock::data).containsExactly("a", null);
	}

	@Test
	void handsOutTheBlockWhenItHasAnIdOnly() {
		feed("id: 42\n\n");
		assertThat(this.blocks).singleElement().matches(SseBlock::isIdOnly).matches((block) -> !block.isEvent());
		assertThat(this.parser.lastEventId()).isEqualTo("42");
	}

	@Test
	void keepsTheOldIdWhenTheBlockIsNotComplete() {
		feed("id: 1\n\nid: 2\ndata: x\n");
		assertThat(this.parser.lastEventId()).isEqualTo("1");
		assertThat(this.blocks).hasSize(1);
	}

	@Test
	void ignoresTheIdWhenItContainsNul() {
		feed("id: 1\n\nid: 2\0\ndata: x\n\n");
		assertThat(this.parser.lastEventId()).isEqualTo("1");
		assertThat(this.blocks.get(1).id()).isNull();
	}

	@Test
	void forgetsTheIdWhenItIsEmpty() {
		feed("id: 1\n\nid\ndata: x\n\n");
		assertThat(this.parser.lastEventId()).isEmpty();
	}

	@Test
	void takesTheRetryWhenItIsAllDigits() {
		feed("retry: 3000\n\nretry: 4s\n\nretry: -5\n\nretry:\n\n");
		assertThat(this.parser.reconnectionTime()).isEqualTo(3000L);
		assertThat(this.blocks).extracting(SseBlock::retry).containsExactly(3000L, null, null, null);
	}

	@Test
	void isAnEventWhenTheDataIsEmpty() {
		feed("data\n\ndata:\n\nevent: x\n\n");
		assertThat(this.blocks).extracting(SseBlock::isEvent).containsExactly(true, true, false);
		assertThat(this.blocks).extracting(SseBlock::data).containsExactly("", "", null);
	}

	@Test
	void removesOneSpaceWhenAValueBeginsWithSpaces() {
		feed("data:  a\n\ndata:b : c\n\n");
		assertThat(this.blocks).extracting(SseBlock::data).containsExactly(" a", "b : c");
	}

	@Test
	void keepsCommentsApartWhenABlockHasThem() {
		feed(": beat\n\n:\ndata: x\n\n");
		assertThat(this.blocks.get(0)).matches(SseBlock::isComment);
		assertThat(this.blocks.get(0).comments()).containsExactly("beat");
		assertThat(this.blocks.get(1)).matches((block) -> !block.isComment());
	}

	@Test
	void skipsTheFieldWhenItIsUnknown() {
		feed("Data: x\nDATA: y\n data: z\n\n");
		assertThat(this.blocks).singleElement().matches((block) -> !block.isEvent());
		assertThat(this.blocks.get(0).lines()).containsExactly("Data: x", "DATA: y", " data: z");
	}

	@Test
	void handsOutNothingWhenEmptyLinesFollowEachOther() {
		feed("\n\n\r\n\r\n");
		assertThat(this.blocks).isEmpty();
	}

	@Test
	void replacesTheBytesWhenTheyAreNotUtf8() {
		this.parser.feed(new byte[] { 'd', 'a', 't', 'a', ':', (byte) 0xFF, 'x', '\n', '\n' });
		assertThat(this.blocks).extracting(SseBlock::data).containsExactly("\uFFFDx");
	}

	private void feed(String text) {
		this.parser.feed(text.getBytes(StandardCharsets.UTF_8));
	}

}
