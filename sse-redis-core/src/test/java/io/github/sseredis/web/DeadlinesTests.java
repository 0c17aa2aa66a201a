package io.github.sseredis.web;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlinesTests {

	private static final long OPENED = Long.MIN_VALUE / 4;

	@Test
	void lifeIsOverAtItsEndForTheReasonThatLivesHaveThen() {
		Deadlines deadlines = deadlines(Duration.ofSeconds(100), null, 0.5);
		assertThat(deadlines.passed(after(89.9), EndReason.LIFE_OVER)).isNull();
		assertThat(deadlines.passed(after(90), EndReason.LIFE_OVER)).isEqualTo(EndReason.LIFE_OVER);
		assertThat(deadlines.passed(after(90), EndReason.SHUTDOWN)).isEqualTo(EndReason.SHUTDOWN);
	}

	@Test
	void lifeWithoutEndEndsWhenItIsToldTo() {
		Deadlines deadlines = deadlines(Duration.ZERO, null, 0);
		assertThat(deadlines.passed(after(1e6), EndReason.LIFE_OVER)).isNull();
		deadlines.endLifeAt(after(7));
		assertThat(deadlines.passed(after(6.9), EndReason.SHUTDOWN)).isNull();
		assertThat(deadlines.passed(after(7), EndReason.SHUTDOWN)).isEqualTo(EndReason.SHUTDOWN);
	}

	@Test
	void lifeIsNeverMadeLonger() {
		Deadlines deadlines = deadlines(Duration.ofSeconds(10), null, 0);
		deadlines.endLifeAt(after(20));
		assertThat(deadlines.passed(after(10), EndReason.SHUTDOWN)).isEqualTo(EndReason.SHUTDOWN);
	}

	@Test
	void expiryIsTheReasonEvenIfTheLifeIsOverToo() {
		Deadlines deadlines = deadlines(Duration.ofSeconds(5), Duration.ofSeconds(6), 0);
		assertThat(deadlines.passed(after(5), EndReason.LIFE_OVER)).isEqualTo(EndReason.LIFE_OVER);
		assertThat(deadlines.passed(after(6), EndReason.LIFE_OVER)).isEqualTo(EndReason.EXPIRED);
	}

	@Test
	void heartbeatIsMarkedOnceForEachTimeThatIsQuiet() {
		Deadlines deadlines = deadlines(Duration.ZERO, null, 0);
		assertThat(deadlines.markHeartbeat(after(14.9))).isFalse();
		assertThat(deadlines.takeHeartbeat()).isFalse();
		assertThat(deadlines.markHeartbeat(after(15))).isTrue();
		assertThat(deadlines.markHeartbeat(after(16))).isFalse();
		assertThat(deadlines.takeHeartbeat()).isTrue();
		assertThat(deadlines.takeHeartbeat()).isFalse();
		deadlines.written(after(17));
		assertThat(deadlines.markHeartbeat(after(31.9))).isFalse();
		assertThat(deadlines.markHeartbeat(after(32))).isTrue();
	}

	private static Deadlines deadlines(Duration life, @Nullable Duration expiry, double random) {
		return new Deadlines(OPENED, new Opening(List.of("a"), null, life, expiry), new Jitter(() -> random),
				Duration.ofSeconds(15));
	}

	private static long after(double seconds) {
		return OPENED + (long) (seconds * 1e9);
	}

}
