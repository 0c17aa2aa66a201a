package io.github.sseredis;

import java.nio.charset.StandardCharsets;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TopicNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "a", "user:42", "mart:7:orders", "a b", " a", "a$", "\u00e4\u20ac\ud83d\ude00", "{a}", "*",
			"\u00a0x" })
	void isReturnedWhenValid(String topic) {
		assertThat(TopicName.requireValid(topic)).isSameAs(topic);
	}

	@Test
	void isMeasuredInBytes() {
		assertThat(TopicName.requireValid("a".repeat(255))).hasSize(255);
		assertThat(TopicName.requireValid("\u20ac".repeat(85))).hasSize(85);
		assertThatIllegalArgumentException().isThrownBy(() -> TopicName.requireValid("a".repeat(256)))
			.withMessageContaining("255 bytes")
			.withMessageContaining("got 256");
		assertThatIllegalArgumentException().isThrownBy(() -> TopicName.requireValid("\u20ac".repeat(86)))
			.withMessageContaining("got 258");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t", "\n", "\u3000" })
	void isRefusedWhenBlank(String topic) {
		assertThatIllegalArgumentException().isThrownBy(() -> TopicName.requireValid(topic))
			.withMessageContaining("blank")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\n", "\t"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "$", "$control", "$a" })
	void isRefusedWhenItIsOurs(String topic) {
		assertThatIllegalArgumentException().isThrownBy(() -> TopicName.requireValid(topic))
			.withMessageContaining("'$'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\0", "a\u007fb", "a\u0085b", "\u001ba" })
	void isRefusedWhenItHasControlCharacters(String topic) {
		assertThatIllegalArgumentException().isThrownBy(() -> TopicName.requireValid(topic))
			.withMessageContaining("control")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContainPattern("\\p{Cc}"));
	}

	@Test
	void isRefusedWhenItIsNotUnicode() {
		assertThatIllegalArgumentException().isThrownBy(() -> TopicName.requireValid("a\ud800"))
			.withMessageContaining("lone surrogate at index 1");
	}

	@Property(tries = 1000)
	void ruleIsTheDocumentedOne(@ForAll String topic) {
		byte[] bytes = topic.getBytes(StandardCharsets.UTF_8);
		boolean valid = !topic.isBlank() && bytes.length <= 255 && topic.charAt(0) != '$'
				&& topic.chars().noneMatch(Character::isISOControl)
				&& new String(bytes, StandardCharsets.UTF_8).equals(topic);
		if (valid) {
			assertThat(TopicName.requireValid(topic)).isSameAs(topic);
		}
		else {
			assertThatIllegalArgumentException().isThrownBy(() -> TopicName.requireValid(topic))
				.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(200)
					.doesNotContainPattern("[\\p{Cc}\u2028\u2029]"));
		}
	}

}
