package io.github.sseredis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EventFrameTests {

	@Test
	void typeAndDataAreAFieldEach() {
		assertThat(encoded("order", "42")).isEqualTo("event: order\ndata: 42\n");
	}

	@Test
	void thereIsNoTypeFieldWhenTheTypeIsEmpty() {
		assertThat(encoded("", "42")).isEqualTo("data: 42\n");
		assertThat(encoded(null, "42")).isEqualTo("data: 42\n");
	}

	@Test
	void dataIsAFieldALineWhateverEndsTheLines() {
		assertThat(encoded(null, "a\nb\rc\r\nd")).isEqualTo("data: a\ndata: b\ndata: c\ndata: d\n");
		assertThat(encoded(null, "a\n\rb")).isEqualTo("data: a\ndata: \ndata: b\n");
		assertThat(encoded(null, "\n")).isEqualTo("data: \ndata: \n");
		assertThat(encoded(null, "a\r")).isEqualTo("data: a\ndata: \n");
	}

	@Test
	void emptyDataIsStillAnEvent() {
		byte[] frame = EventFrame.withoutId(EventFrame.encode(null, ""));
		assertThat(ParsedEvent.parse(frame)).containsExactly(new ParsedEvent("message", "", ""));
	}

	@Test
	void idIsTheLastField() {
		byte[] frame = EventFrame.withId(EventFrame.encode("order", "1\n2"), "AAAAAAA7");
		assertThat(text(frame)).isEqualTo("event: order\ndata: 1\ndata: 2\nid: AAAAAAA7\n\n");
	}

	@Test
	void fieldsAreLeftAsTheyAreWhenAFrameIsMadeOfThem() {
		byte[] fields = EventFrame.encode("order", "1");
		byte[] copy = fields.clone();
		EventFrame.withId(fields, "AAAAAAA7");
		EventFrame.withoutId(fields);
		assertThat(fields).isEqualTo(copy);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\rb", "a\nb", "a\r\nb", "\n", "a\0b", "\0" })
	void typeIsRefusedWhenItWouldEndTheLine(String type) {
		assertThatIllegalArgumentException().isThrownBy(() -> EventFrame.encode(type, ""))
			.withMessageContaining("type")
			.withMessageContaining("at index");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\ud800", "\udc00", "a\ud800", "\ud800a", "\udc00\ud800", "\ud800\ud800\udc00",
			"\ud83d\ude00\ude00", "x\n\ud800", "\ud800\n\udc00" })
	void dataAndTypeAreRefusedWhenASurrogateIsAlone(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> EventFrame.encode(null, text))
			.withMessageContaining("data")
			.withMessageContaining("lone surrogate");
		assertThatIllegalArgumentException().isThrownBy(() -> EventFrame.encode(text, ""));
	}

	@Test
	void surrogatePairsArriveAsTheyAre() {
		byte[] frame = EventFrame
			.withoutId(EventFrame.encode("\ud83d\ude00", "\ud83d\ude00\ud83d\ude00\n\ud83d\ude00"));
		assertThat(ParsedEvent.parse(frame))
			.containsExactly(new ParsedEvent("\ud83d\ude00", "\ud83d\ude00\ud83d\ude00\n\ud83d\ude00", ""));
	}

	@Test
	void hugeDataArrivesAsOneEvent() {
		String data = "line \u20ac\r\n".repeat(100_000);
		byte[] frame = EventFrame.withId(EventFrame.encode("big", data), "AAAAAAA1");
		assertThat(ParsedEvent.parse(frame))
			.containsExactly(new ParsedEvent("big", ParsedEvent.withLineFeeds(data), "AAAAAAA1"));
	}

	@Property(tries = 3000)
	void whatGoesInComesOutAsOneEventOrIsRefused(@ForAll("anyText") String type, @ForAll("anyText") String data) {
		byte[] fields;
		try {
			fields = EventFrame.encode(type, data);
		}
		catch (IllegalArgumentException ex) {
			assertThat(isLossy(type) || isLossy(data) || type.chars().anyMatch((c) -> c == '\r' || c == '\n' || c == 0))
				.isTrue();
			return;
		}
		ParsedEvent expected = new ParsedEvent(type.isEmpty() ? "message" : type, ParsedEvent.withLineFeeds(data),
				"AAAAAAA1");
		assertThat(ParsedEvent.parse(EventFrame.withId(fields, "AAAAAAA1"))).containsExactly(expected);
		assertThat(ParsedEvent.parse(EventFrame.withoutId(fields)))
			.containsExactly(new ParsedEvent(expected.type(), expected.data(), ""));
	}

	@Property(tries = 1000)
	void validTextIsNeverRefused(@ForAll("anyText") String data) {
		Assume.that(!isLossy(data));
		assertThat(ParsedEvent.parse(EventFrame.withoutId(EventFrame.encode(null, data)))).hasSize(1);
	}

	@Property(tries = 100)
	void framesInARowStayAsManyEvents(@ForAll("framedTexts") List<String> texts) {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		for (int i = 0; i < texts.size(); i++) {
			stream.writeBytes(EventFrame.withId(EventFrame.encode(null, texts.get(i)), "AAAAAAA" + i));
		}
		assertThat(ParsedEvent.parse(stream.toByteArray())).isEqualTo(IntStream.range(0, texts.size())
			.mapToObj((i) -> new ParsedEvent("message", ParsedEvent.withLineFeeds(texts.get(i)), "AAAAAAA" + i))
			.toList());
	}

	/** Any sequence of UTF-16 units, with what could break a frame far more often. */
	@Provide
	Arbitrary<String> anyText() {
		Arbitrary<Character> breaking = Arbitraries.of('\r', '\n', '\0', ':', ' ', '\ufeff', '\u0085', '\u2028',
				'\u2029', '\ud83d', '\ude00', '\udc00', '\uffff');
		Arbitrary<Character> harmless = Arbitraries.oneOf(Arbitraries.chars().ascii(), Arbitraries.chars().all());
		Arbitrary<String> units = Arbitraries.frequencyOf(Tuple.of(2, breaking.map(String::valueOf)),
				Tuple.of(3, harmless.map(String::valueOf)),
				Tuple.of(2, Arbitraries.of("\r\n", "\n\n", "\ud83d\ude00", "data: ", "id: 1\n\n", "event:x")));
		return units.list().ofMaxSize(20).map((parts) -> String.join("", parts));
	}

	@Provide
	Arbitrary<List<String>> framedTexts() {
		Arbitrary<String> valid = anyText().filter((text) -> !isLossy(text));
		return Combinators.combine(valid.list().ofMaxSize(8), valid).as((list, last) -> {
			list.add(last);
			return list;
		});
	}

	// Independent of how the code under test finds out.
	private static boolean isLossy(String text) {
		return !new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
	}

	private static String encoded(String type, String data) {
		return text(EventFrame.encode(type, data));
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
