package io.github.sseredis.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JitterTests {

	@Test
	void shortensByUpToAFifth() {
		assertThat(new Jitter(() -> 0).shorten(Duration.ofSeconds(100))).isEqualTo(Duration.ofSeconds(100));
		assertThat(new Jitter(() -> 1).shorten(Duration.ofSeconds(100))).isEqualTo(Duration.ofSeconds(80));
	}

	@Test
	void lengthensByUpToAHalf() {
		assertThat(new Jitter(() -> 0).lengthen(Duration.ofSeconds(100))).isEqualTo(Duration.ofSeconds(100));
		assertThat(new Jitter(() -> 1).lengthen(Duration.ofSeconds(100))).isEqualTo(Duration.ofSeconds(150));
	}

	@Test
	void spreadsOverTheWholeOfADuration() {
		assertThat(new Jitter(() -> 0.25).upTo(Duration.ofSeconds(100))).isEqualTo(Duration.ofSeconds(25));
	}

}
