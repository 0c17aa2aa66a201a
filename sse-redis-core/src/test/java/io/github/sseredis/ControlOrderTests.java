package io.github.sseredis;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ControlOrderTests {

	@ParameterizedTest
	@ValueSource(strings = { "ann", "ann of \u20ac", "", " ", "a\nb", "disconnect bob", "\ud83d\ude00" })
	void arrivesAsItWasGiven(String principal) {
		EncodedEvent event = new ControlOrder(principal).toEvent();
		assertThat(event.topic()).isEqualTo("$control");
		assertThat(event.idempotencyKey()).isNull();
		assertThat(ControlOrder.parse(event.fields())).contains(new ControlOrder(principal));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "disconnect", "disconnected ann", "DISCONNECT ann", "data: x\n" })
	void isIgnoredWhenOfAnUnknownKind(String fields) {
		assertThat(ControlOrder.parse(fields.getBytes(StandardCharsets.UTF_8))).isEmpty();
	}

	@Test
	void isOnATopicNoApplicationCanUse() {
		assertThat(new ControlOrder("ann").toEvent().topic()).startsWith("$");
	}

}
