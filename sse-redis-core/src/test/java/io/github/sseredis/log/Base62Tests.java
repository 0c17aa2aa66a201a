package io.github.sseredis.log;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class Base62Tests {

	@ParameterizedTest
	@CsvSource({ "0, 0", "9, 9", "10, A", "35, Z", "36, a", "61, z", "62, 10", "3843, zz", "3844, 100",
			"839299365868340223, zzzzzzzzzz" })
	void numbersAreWrittenInDigitsThenUpperThenLowerCase(long number, String text) {
		assertThat(written(number)).isEqualTo(text);
		assertThat(Base62.parse(text, 0, text.length())).isEqualTo(number);
	}

	@Property(tries = 500)
	void parseIsTheInverseOfAppend(@ForAll @LongRange(max = 839299365868340223L) long number) {
		StringBuilder text = new StringBuilder("x");
		Base62.append(text, number);
		assertThat(text.charAt(0)).isEqualTo('x');
		assertThat(Base62.parse(text.append('-').toString(), 1, text.length() - 1)).isEqualTo(number);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "-1", "+1", "1.0", "\u0661", "\uff11", "00000000000", "zzzzzzzzzzz", "a\n" })
	void textIsNoNumberWhenItHasOtherCharactersOrIsTooLong(String text) {
		assertThat(Base62.parse(text, 0, text.length())).isEqualTo(-1);
	}

	@Test
	void onlyItsDigitsAreAll() {
		assertThat(Base62.isAll("-09AZaz-", 1, 7)).isTrue();
		for (char c : "/:@[`{\0\u00e9".toCharArray()) {
			assertThat(Base62.isAll("a" + c, 0, 2)).isFalse();
		}
	}

	private static String written(long number) {
		StringBuilder text = new StringBuilder();
		Base62.append(text, number);
		return text.toString();
	}

}
