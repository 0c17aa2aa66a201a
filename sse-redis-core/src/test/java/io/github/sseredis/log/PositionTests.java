package io.github.sseredis.log;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PositionTests {

	@Test
	void newEpochsDifferAndHaveTheirForm() {
		assertThat(Stream.generate(Position::newEpoch).limit(1000).collect(Collectors.toSet())).hasSize(1000)
			.allMatch(Position::isEpoch)
			.allMatch((epoch) -> epoch.matches("[0-9A-Za-z]{7}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "AAAAAA", "AAAAAAAA", "AAAAAA.", "AAA AAA", "AAAAAA\u00c4" })
	void textIsNoEpochWhenOfAnotherForm(String text) {
		assertThat(Position.isEpoch(text)).isFalse();
	}

}
