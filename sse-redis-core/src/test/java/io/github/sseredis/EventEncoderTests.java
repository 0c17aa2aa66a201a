package io.github.sseredis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.github.sseredis.BroadcastException.Outcome;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class EventEncoderTests {

	private final EventEncoder encoder = new EventEncoder((data) -> "<" + data + ">", 0);

	@Test
	void textIsSentAsItIs() {
		assertThat(fields(this.encoder, "a \"b\"")).isEqualTo("data: a \"b\"\n");
		assertThat(fields(this.encoder, new StringBuilder("abc"))).isEqualTo("data: abc\n");
	}

	@Test
	void anythingElseIsLeftToThePayloadEncoder() {
		assertThat(fields(this.encoder, List.of(1, 2))).isEqualTo("data: <[1, 2]>\n");
		assertThat(fields(this.encoder, 'c')).isEqualTo("data: <c>\n");
	}

	@Test
	void eventIsEncodedForItsTopic() {
		SseEvent event = SseEvent.builder().type("order").data("x").idempotencyKey("k").build();
		EncodedEvent encoded = this.encoder.encode("a", event);
		assertThat(encoded.topic()).isEqualTo("a");
		assertThat(encoded.idempotencyKey()).isEqualTo("k");
		assertThat(new String(encoded.fields(), StandardCharsets.UTF_8)).isEqualTo("event: order\ndata: x\n");
	}

	@Test
	void payloadOfSeveralLinesIsOneEvent() {
		EventEncoder pretty = new EventEncoder((data) -> "{\r\n  \"a\": 1\r\n}", 0);
		byte[] frame = EventFrame.withoutId(pretty.fields(SseEvent.of(Map.of("a", 1))));
		assertThat(ParsedEvent.parse(frame)).containsExactly(new ParsedEvent("message", "{\n  \"a\": 1\n}", ""));
	}

	@Test
	void eventIsNotSentWhenItsPayloadCannotBeEncoded() {
		IllegalStateException cause = new IllegalStateException("no such thing");
		assertNotSent(encoderThat(() -> {
			throw cause;
		}), 1).withMessageContaining("java.lang.Integer").withMessageContaining("no such thing").withCause(cause);
	}

	@Test
	void eventIsNotSentWhenItsPayloadIsEndless() {
		assertNotSent(encoderThat(EventEncoderTests::endless), 1).withMessageContaining("StackOverflowError")
			.withCauseInstanceOf(StackOverflowError.class);
	}

	@Test
	void eventIsNotSentWhenThePayloadEncoderReturnsNull() {
		assertNotSent(new EventEncoder((data) -> null, 0), 1).withMessageContaining("java.lang.Integer");
	}

	@Test
	void eventIsNotSentWhenItsTextCannotBeRead() {
		assertNotSent(this.encoder, new BrokenText()).withMessageContaining("broken");
	}

	@Test
	void eventIsNotSentWhenItsTextIsNotUnicode() {
		assertNotSent(this.encoder, "a\ud800").withMessageContaining("lone surrogate");
		assertNotSent(encoderThat(() -> "\udc00"), 1).withMessageContaining("lone surrogate");
	}

	@Test
	void eventIsNotSentWhenItsTypeWouldBreakTheFrame() {
		assertThatExceptionOfType(BroadcastException.class)
			.isThrownBy(() -> this.encoder.encode("a", SseEvent.of("x\ndata: y", "z")))
			.withMessageContaining("type")
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(Outcome.NOT_SENT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "$control", "a\nb" })
	void eventIsNotSentWhenItsTopicIsInvalid(String topic) {
		BroadcastException ex = catchThrowableOfType(BroadcastException.class,
				() -> this.encoder.encode(topic, SseEvent.of("x")));
		assertThat(ex.outcome()).isEqualTo(Outcome.NOT_SENT);
		assertThat(ex).hasMessageStartingWith("not sent: A topic must");
	}

	@Test
	void messageNeitherGrowsWithTheTopicNorBreaksTheLine() {
		String topic = "a\r\nWARN forged " + "x".repeat(100_000);
		BroadcastException ex = catchThrowableOfType(BroadcastException.class,
				() -> this.encoder.encode(topic, SseEvent.of("x")));
		assertThat(ex.getMessage()).hasSizeLessThan(300).doesNotContain("\r", "\n");
	}

	@Test
	void payloadMayHaveAsManyBytesAsAllowed() {
		EventEncoder limited = new EventEncoder(String::valueOf, 6);
		assertThat(fields(limited, "\u20ac\u20ac")).isEqualTo("data: \u20ac\u20ac\n");
		assertThat(fields(limited, "\n\n\n\n\n\n")).hasSize(49);
		assertNotSent(limited, "\u20ac\u20acx").withMessageContaining("7 bytes")
			.withMessageContaining("sse.limits.payload")
			.withMessageContaining("(6)");
		assertNotSent(limited, "1234567");
	}

	@Test
	void payloadMayBeAnythingWhenThereIsNoLimit() {
		assertThat(fields(this.encoder, "x".repeat(1_000_000))).hasSize(1_000_007);
	}

	@Test
	void idempotencyKeyHasOneTo255ValidCharacters() {
		assertThat(this.encoder.encode("a", withKey("k".repeat(255))).idempotencyKey()).hasSize(255);
		assertThat(this.encoder.encode("a", withKey("a\n\0:\u20ac")).idempotencyKey()).isEqualTo("a\n\0:\u20ac");
		for (String key : List.of("", "k".repeat(256), "a\ud800", "\udc00")) {
			assertThatExceptionOfType(BroadcastException.class).isThrownBy(() -> this.encoder.encode("a", withKey(key)))
				.withMessageContaining("idempotency key");
		}
	}

	@Property(tries = 500)
	void eventIsOneFrameOrABroadcastException(@ForAll String topic, @ForAll("types") String type, @ForAll String data,
			@ForAll("keys") String key) {
		SseEvent event = SseEvent.builder().type(type).data(data).idempotencyKey(key).build();
		try {
			EncodedEvent encoded = this.encoder.encode(topic, event);
			assertThat(ParsedEvent.parse(EventFrame.withoutId(encoded.fields()))).hasSize(1);
		}
		catch (BroadcastException ex) {
			assertThat(ex.outcome()).isEqualTo(Outcome.NOT_SENT);
		}
	}

	@Provide
	Arbitrary<String> types() {
		return Arbitraries.strings().ofMaxLength(10).injectNull(0.2);
	}

	@Provide
	Arbitrary<String> keys() {
		return Arbitraries.strings().ofMaxLength(300).injectNull(0.5);
	}

	private static SseEvent withKey(String key) {
		return SseEvent.builder().data("x").idempotencyKey(key).build();
	}

	private static EventEncoder encoderThat(Callable<String> action) {
		return new EventEncoder((data) -> action.call(), 0);
	}

	@SuppressWarnings("InfiniteRecursion")
	private static String endless() {
		return endless() + endless();
	}

	private static ThrowableAssertAlternative<BroadcastException> assertNotSent(EventEncoder encoder, Object data) {
		return assertThatExceptionOfType(BroadcastException.class).isThrownBy(() -> encoder.fields(SseEvent.of(data)))
			.withMessageStartingWith("not sent: ")
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(Outcome.NOT_SENT));
	}

	private static String fields(EventEncoder encoder, Object data) {
		return new String(encoder.fields(SseEvent.of(data)), StandardCharsets.UTF_8);
	}

	private static final class BrokenText implements CharSequence {

		@Override
		public int length() {
			return 1;
		}

		@Override
		public char charAt(int index) {
			return 'x';
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			return this;
		}

		@Override
		public String toString() {
			throw new IllegalStateException("broken");
		}

	}

}
