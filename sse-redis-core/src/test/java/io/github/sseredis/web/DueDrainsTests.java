package io.github.sseredis.web;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DueDrainsTests {

	private final DueDrains due = new DueDrains();

	private final List<String> ran = new ArrayList<>();

	@Test
	void drainsThatOpenStreamsTakeTurnsWithThoseThatWereDueBefore() {
		for (int i = 0; i < 4; i++) {
			this.due.add(named("live " + i));
		}
		for (int i = 0; i < 2; i++) {
			this.due.addOpening(named("opening " + i));
		}
		runAll();
		assertThat(this.ran).containsExactly("live 0", "opening 0", "live 1", "opening 1", "live 2", "live 3");
	}

	@Test
	void drainsThatOpenStreamsDoNotKeepOthersWaiting() {
		for (int i = 0; i < 1000; i++) {
			this.due.addOpening(named("opening"));
		}
		this.due.add(named("live"));
		runAll();
		assertThat(this.ran.indexOf("live")).isLessThan(2);
		assertThat(this.ran).hasSize(1001);
	}

	private Runnable named(String name) {
		return () -> this.ran.add(name);
	}

	private void runAll() {
		for (Runnable drain = this.due.poll(); drain != null; drain = this.due.poll()) {
			drain.run();
		}
		assertThat(this.due.isEmpty()).isTrue();
	}

}
