package io.github.sseredis.benchmarks.scenario;

import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.benchmarks.client.LoadClient;
import io.github.sseredis.benchmarks.report.Row;
import io.github.sseredis.benchmarks.subject.Deployment;
import io.github.sseredis.benchmarks.subject.Subject;

/**
 * A rising rate, until a hundredth of the deliveries takes more than a second or
 * something does not arrive.
 *
 * @param seconds how long each rate is held
 * @param rates events a second
 * @param subjects who takes part
 */
record RateLadder(String name, Audience audience, int seconds, List<Integer> rates,
		List<Subject> subjects) implements Scenario {

	private static final int SIZE = 120;

	private static final int WARM_UP_STEPS = 2;

	@Override
	public List<Row> run(Run run) {
		List<Row> rows = new ArrayList<>();
		for (Subject subject : run.of(this.subjects)) {
			try (Deployment deployment = Deployment.start(run.setup(), subject);
					LoadClient client = LoadClient.start()) {
				client.open(this.audience.streams(deployment));
				climb(run, deployment, client, rows);
			}
		}
		return rows;
	}

	private void climb(Run run, Deployment deployment, LoadClient client, List<Row> rows) {
		for (int i = 0; i < WARM_UP_STEPS; i++) {
			new Step(this.rates.get(0), this.seconds, SIZE).run(deployment, client, this.audience, 0);
		}
		for (int rate : this.rates) {
			Step.Outcome outcome = new Step(rate, this.seconds, SIZE).run(deployment, client, this.audience, 0);
			rows.add(run.measured(outcome.row()));
			run.check(deployment.subject(), this.name + " at " + rate + "/s", outcome.measured(), outcome.expected());
			if (!outcome.keepsUp(rate)) {
				return;
			}
		}
	}

}
