package io.github.sseredis.log;

import io.github.sseredis.ResetReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LineageTests {

	private final Lineage lineage = new Lineage("current", new Position("earlier", 10));

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
		assertThat(new Lineage("current", null).objectionTo(new Position("earlier", 1)))
			.isEqualTo(ResetReason.UNKNOWN_EPOCH);
	}

	@Test
	void lineagesAreNeverEqual() {
		assertThat(new Lineage("current", null)).isNotEqualTo(new Lineage("current", null));
	}

	@Test
	void toStringNamesTheEpochs() {
		assertThat(this.lineage).hasToString("current after earlier:10");
		assertThat(new Lineage("current", null)).hasToString("current");
	}

}
