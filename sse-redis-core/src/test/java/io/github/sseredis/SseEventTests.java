package io.github.sseredis;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class SseEventTests {

	@Test
	void hasWhatItWasMadeOf() {
		SseEvent event = SseEvent.builder().type("order").data(List.of(1)).idempotencyKey("k").build();
		assertThat(event.type()).isEqualTo("order");
		assertThat(event.data()).isEqualTo(List.of(1));
		assertThat(event.idempotencyKey()).isEqualTo("k");
	}

	@Test
	void hasNeitherTypeNorKeyWhenMadeOfData() {
		SseEvent event = SseEvent.of("text");
		assertThat(event.data()).isEqualTo("text");
		assertThat(event.type()).isNull();
		assertThat(event.idempotencyKey()).isNull();
	}

	@Test
	void firstOfTwoArgumentsIsTheType() {
		SseEvent event = SseEvent.of("order", "text");
		assertThat(event.type()).isEqualTo("order");
		assertThat(event.data()).isEqualTo("text");
	}

	@Test
	void isNotMadeWhenThereIsNoData() {
		assertThatNullPointerException().isThrownBy(() -> SseEvent.builder().build()).withMessage("data");
		assertThatNullPointerException().isThrownBy(() -> SseEvent.of(null)).withMessage("data");
		assertThatNullPointerException().isThrownBy(() -> SseEvent.of("order", null)).withMessage("data");
	}

	@Test
	void toStringHidesTheData() {
		assertThat(SseEvent.of("order", "secret")).asString()
			.contains("order", "java.lang.String")
			.doesNotContain("secret");
	}

}
