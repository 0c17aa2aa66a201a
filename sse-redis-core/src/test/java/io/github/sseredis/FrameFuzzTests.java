package io.github.sseredis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Frames of hostile text, read by the parser of another project, and names of topics. In
 * each try a thousand; jqwik prints the seed.
 */
class FrameFuzzTests {

	private static final int A_TRY = 1000;

	private static final char[] ALPHABET = { 'a', '\r', '\n', '\0', '\ufeff', '\u2028', ' ', ':' };

	@Property(tries = 400, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE,
			shrinking = ShrinkingMode.OFF)
	void whatGoesInComesOutAsOneEventOrIsRefused(@ForAll Random random) {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		List<ParsedEvent> expected = new ArrayList<>();
		for (int i = 0; i < A_TRY; i++) {
			String type = random.nextBoolean() ? HostileText.any(random) : "order";
			String data = HostileText.any(random);
			byte[] fields;
			try {
				fields = EventFrame.encode(type, data);
			}
			catch (IllegalArgumentException ex) {
				assertThat(HostileText.isLossy(type) || HostileText.isLossy(data) || endsALine(type)).isTrue();
				continue;
			}
			String id = "AAAAAAA" + i;
			stream.writeBytes(EventFrame.withId(fields, id));
			expected.add(new ParsedEvent(type.isEmpty() ? "message" : type, ParsedEvent.withLineFeeds(data), id));
		}
		assertThat(ForeignParser.parse(stream.toByteArray())).isEqualTo(expected);
	}

	@Test
	void everyShortTextOfWhatBreaksStreamsComesOutAsItWentIn() {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		List<ParsedEvent> expected = new ArrayList<>();
		for (int length = 0; length <= 5; length++) {
			for (int n = 0; n < Math.pow(ALPHABET.length, length); n++) {
				String data = text(n, length);
				stream.writeBytes(EventFrame.withoutId(EventFrame.encode(null, data)));
				expected.add(new ParsedEvent("message", ParsedEvent.withLineFeeds(data), ""));
			}
		}
		assertThat(expected).hasSize(37_449);
		assertThat(ForeignParser.parse(stream.toByteArray())).isEqualTo(expected);
		assertThat(ParsedEvent.parse(stream.toByteArray())).isEqualTo(expected);
	}

	@Property(tries = 200, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE,
			shrinking = ShrinkingMode.OFF)
	void topicIsValidByTheDocumentedRuleAlone(@ForAll Random random) {
		for (int i = 0; i < A_TRY; i++) {
			String topic = HostileText.any(random);
			boolean valid = !topic.isBlank() && !topic.startsWith("$")
					&& topic.chars().noneMatch(Character::isISOControl) && !HostileText.isLossy(topic)
					&& topic.getBytes(StandardCharsets.UTF_8).length <= 255;
			assertThat(isValid(topic)).as(topic).isEqualTo(valid);
		}
	}

	private static boolean isValid(String topic) {
		try {
			return TopicName.requireValid(topic).equals(topic);
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex.getMessage()).hasSizeLessThan(200).doesNotContainPattern("[\\p{Cc}\u2028\u2029]");
			return false;
		}
	}

	private static boolean endsALine(String text) {
		return text.chars().anyMatch((c) -> c == '\r' || c == '\n' || c == 0);
	}

	private static String text(int number, int length) {
		StringBuilder text = new StringBuilder();
		int rest = number;
		for (int i = 0; i < length; i++) {
			text.append(ALPHABET[rest % ALPHABET.length]);
			rest /= ALPHABET.length;
		}
		return text.toString();
	}

}
