package io.github.sseredis.redis;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LiveMessageTests {

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void readsRecordsByTheirLengths() {
		LiveMessage message = LiveMessage
			.parse(bytes("1 abcdefg\ne 7 2 4\nü\n\n e 8 1 0\nx".replace("\n\n e", "a\nb\ne")))
			.orElseThrow();
		assertThat(message.epoch()).isEqualTo("abcdefg");
		assertThat(message.records()).extracting(Numbered::sequence).containsExactly(7L, 8L);
		assertThat(message.records().get(0).topic()).isEqualTo("ü");
		assertThat(message.records().get(0).fields()).isEqualTo(bytes("a\nb\n"));
		assertThat(message.records().get(1).fields()).isEmpty();
		assertThat(message.newest()).isZero();
	}

	@Test
	void readsWhenTheEventsWerePublished() {
		assertThat(LiveMessage.parse(bytes("1 abcdefg 1790000000000\ne 7 1 4\nadata")).orElseThrow())
			.satisfies((message) -> {
				assertThat(message.publishedAt()).isEqualTo(1_790_000_000_000L);
				assertThat(message.records()).hasSize(1);
			});
		assertThat(LiveMessage.parse(bytes("1 abcdefg\n")).orElseThrow().publishedAt()).isZero();
	}

	@Test
	void readsThePosition() {
		LiveMessage message = LiveMessage.parse(bytes("1 abcdefg\np 12 0 0\n")).orElseThrow();
		assertThat(message.newest()).isEqualTo(12);
		assertThat(message.records()).isEmpty();
	}

	@Test
	void countsTheNumbersOfRecordsThatItDoesNotKnow() {
		LiveMessage message = LiveMessage.parse(bytes("1 abcdefg\nz 7 1 2\nabc")).orElseThrow();
		assertThat(message.records()).singleElement().satisfies((record) -> {
			assertThat(record.sequence()).isEqualTo(7);
			assertThat(record.topic()).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1", "1 abcdefg", "2 abcdefg\n", "1 abc\n", "1 abcdef/\n", "1 abcdefg soon\n",
			"1 abcdefg\ne", "1 abcdefg\ne 1\n", "1 abcdefg\ne 1 1 1\na", "1 abcdefg\ne 1 -1 1\naa",
			"1 abcdefg\ne 1 1 2147483647\naa", "1 abcdefg\ne x 1 1\naa", "1 abcdefg\ne -1 1 1\naa",
			"1 abcdefg\ne 100000000000000 1 1\naa", "1 abcdefg\ne 99999999999999999999 1 1\naa",
			"1 abcdefg\ne 1 1 1\naatrailing" })
	void isEmptyWhenTheMessageIsMalformed(String text) {
		assertThat(LiveMessage.parse(bytes(text))).isEmpty();
	}

	@Test
	void neverThrowsWhateverTheBytes() {
		Random random = new Random(42);
		byte[] valid = bytes("1 abcdefg\ne 7 1 4\nadata\nz 8 0 0\np 9 0 0\n");
		for (int i = 0; i < 20_000; i++) {
			byte[] damaged = valid.clone();
			damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			damaged[random.nextInt(damaged.length)] = (byte) ('0' + random.nextInt(10));
			LiveMessage.parse(damaged);
		}
	}

}
