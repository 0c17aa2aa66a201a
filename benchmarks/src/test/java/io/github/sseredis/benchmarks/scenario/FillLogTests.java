package io.github.sseredis.benchmarks.scenario;

import java.util.Map;

import io.github.sseredis.benchmarks.client.StalledSocket;
import io.github.sseredis.benchmarks.report.Row;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FillLogTests {

	private static final long SECOND = 1_000_000_000;

	private static final StalledSocket ONE = new StalledSocket(80, 1);

	private static final StalledSocket OTHER = new StalledSocket(80, 2);

	private final FillLog log = new FillLog(100 * SECOND);

	@Test
	void aSocketIsFullFromWhenItGrewLast() {
		look(1, Map.of(ONE, 1_000_000L));
		look(2, Map.of(ONE, 3_000_000L));
		look(3, Map.of(ONE, 3_000_000L));
		look(7, Map.of(ONE, 2_999_000L));
		assertThat(this.log.mostBytes()).isEqualTo(3_000_000);
		assertThat(row()).isEqualTo(row(3, 2, 5, 0));
	}

	@Test
	void theFullestTimeEndsWhenItsServerCutsItOff() {
		look(1, Map.of(ONE, 3_000_000L, OTHER, 1_000_000L));
		look(4, Map.of(ONE, 3_000_000L, OTHER, 2_000_000L));
		look(5, Map.of(OTHER, 2_000_000L));
		look(6, Map.of(OTHER, 2_000_000L));
		assertThat(row()).isEqualTo(row(3, 1, 3, 1));
	}

	@Test
	void nothingIsFullWhenEverySocketGrowsToTheEnd() {
		look(1, Map.of(ONE, 1_000_000L));
		look(2, Map.of(ONE, 2_000_000L));
		assertThat(row()).isEqualTo(row(2, 2, 0, 0));
	}

	private void look(int second, Map<StalledSocket, Long> held) {
		this.log.look((100 + second) * SECOND, held);
	}

	private Row row() {
		return this.log.addTo(Row.of("x"));
	}

	private static Row row(double megabytes, double after, double duration, int cutOff) {
		return Row.of("x")
			.with("a socket took MB", megabytes)
			.with("full after s", after)
			.with("full for s", duration)
			.with("cut off", cutOff);
	}

}
