package io.github.sseredis.log;

import io.github.sseredis.ResetReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LineageTests {

	private final Lineage lineage = Logs.lineage("current", new Position("earlier", 10));

	@Test
	void positionCountsWhenOfTheSameEpoch() {
		assertThat(this.lineage.objectionTo(new Position("current", 0))).isNull();
		assertThat(this.lineage.objectionTo(new Position("current", Long.MAX_VALUE))).isNull();
	}

	@Test
	void positionCountsWhenContainedInTheEarlierEpoch() {
		assertThat(this.lineage.objectionTo(new Position("earlier", 0))).isNull();
		assertThat(this.lineage.objectionTo(new Position("earlier", 10))).isNull();
	}

	@Test
	void positionIsRolledBackWhenBeyondWhatIsContained() {
		assertThat(this.lineage.objectionTo(new Position("earlier", 11))).isEqualTo(ResetReason.ROLLED_BACK);
	}

	@Test
	void positionIsUnknownWhenOfAnyOtherEpoch() {
		assertThat(this.lineage.objectionTo(new Position("another", 1))).isEqualTo(ResetReason.UNKNOWN_EPOCH);
		assertThat(Logs.lineage("current").objectionTo(new Position("earlier", 1)))
			.isEqualTo(ResetReason.UNKNOWN_EPOCH);
	}

	@Test
	void positionCountsWhenOfOneOfSeveralEarlierEpochs() {
		Lineage chained = Logs.lineage("current", new Position("earlier", 10), new Position("first", 5));
		assertThat(chained.contains(new Position("first", 5))).isTrue();
		assertThat(chained.objectionTo(new Position("first", 6))).isEqualTo(ResetReason.ROLLED_BACK);
		assertThat(chained.contains(new Position("earlier", 10))).isTrue();
		assertThat(chained.contains(new Position("another", 1))).isFalse();
	}

	@Test
	void lineagesAreNeverEqual() {
		assertThat(Logs.lineage("current")).isNotEqualTo(Logs.lineage("current"));
	}

	@Test
	void toStringNamesTheEpochs() {
		assertThat(this.lineage).hasToString("current after earlier:10");
		assertThat(Logs.lineage("current")).hasToString("current");
	}

}
