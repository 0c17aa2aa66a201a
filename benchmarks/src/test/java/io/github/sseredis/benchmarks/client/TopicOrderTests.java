package io.github.sseredis.benchmarks.client;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TopicOrderTests {

	private final TopicOrder order = new TopicOrder(List.of(3, 5));

	@Test
	void findsNothingWhenEachTopicGrowsByOne() {
		accept(3, 1, 2, 3);
		accept(5, 1, 2);
		assertThat(this.order.skipped()).isZero();
		assertThat(this.order.repeated()).isZero();
	}

	@Test
	void countsWhatIsMissingWhenNumbersAreSkipped() {
		accept(3, 1, 4);
		assertThat(this.order.skipped()).isEqualTo(2);
	}

	@Test
	void countsBothWhenEventsChangePlaces() {
		accept(3, 2, 1);
		assertThat(this.order.skipped()).isOne();
		assertThat(this.order.repeated()).isOne();
	}

	@Test
	void countsAnEventThatComesTwice() {
		accept(3, 1, 1);
		assertThat(this.order.repeated()).isOne();
	}

	@Test
	void refusesATopicThatTheConnectionDoesNotHave() {
		assertThat(this.order.accept(4, 1)).isFalse();
	}

	private void accept(int topic, long... numbers) {
		for (long number : numbers) {
			assertThat(this.order.accept(topic, number)).isTrue();
		}
	}

}
