package io.github.sseredis;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EventIdTests {

	@Property(tries = 200)
	void parseIsTheInverseOfToString(@ForAll @StringLength(min = 1, max = 128) @Chars({ '.', '-' }) @CharRange(
			from = '0', to = '9') @CharRange(from = 'A', to = 'Z') @CharRange(from = 'a', to = 'z') String value) {
		EventId id = EventId.parse(value);
		assertThat(id).hasToString(value).isEqualTo(EventId.parse(value)).hasSameHashCodeAs(EventId.parse(value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a\n", "a\r\nid: b", "\u00e4", "a_b", "a:b", "\0" })
	void textIsRefusedWhenItIsNoWireForm(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> EventId.parse(value));
	}

	@Test
	void textIsRefusedWhenItIsTooLong() {
		assertThat(EventId.parse("a".repeat(128))).hasToString("a".repeat(128));
		assertThatIllegalArgumentException().isThrownBy(() -> EventId.parse("a".repeat(129)))
			.withMessageContaining("got 129");
	}

	@Test
	void noneIsTheIdOfNothing() {
		assertThat(EventId.NONE).hasToString("0");
		assertThat(EventId.parse("0")).isSameAs(EventId.NONE).isNotEqualTo(EventId.parse("1"));
	}

}
