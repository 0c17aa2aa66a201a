package io.github.sseredis.benchmarks.scenario;

import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.benchmarks.client.LoadClient;
import io.github.sseredis.benchmarks.report.Row;
import io.github.sseredis.benchmarks.subject.Deployment;
import io.github.sseredis.benchmarks.subject.Subject;

/**
 * The same server and rates under different garbage collectors, first under the one that
 * the JVM takes by itself.
 *
 * @param seconds how long each rate is held
 * @param rates events a second
 * @param options what chooses each collector
 */
record Collectors(String name, Audience audience, int seconds, List<Integer> rates, List<String> options,
		Subject subject) implements Scenario {

	private static final int SIZE = 120;

	private static final int WARM_UP_SECONDS = 8;

	private static final double MB = 1024 * 1024;

	@Override
	public List<Row> run(Run run) {
		List<Row> rows = new ArrayList<>();
		try (Deployment deployment = Deployment.start(run.setup(), this.subject)) {
			rows.addAll(measure(run, deployment, "no option"));
		}
		for (String option : this.options) {
			try (Deployment deployment = Deployment.start(run.setup().with(option), this.subject)) {
				rows.addAll(measure(run, deployment, option));
			}
		}
		return rows;
	}

	private List<Row> measure(Run run, Deployment deployment, String title) {
		List<Row> rows = new ArrayList<>();
		try (LoadClient client = LoadClient.start()) {
			client.open(this.audience.streams(deployment));
			for (int rate : this.rates) {
				new Step(rate, WARM_UP_SECONDS, SIZE).run(deployment, client, this.audience, 0);
			}
			for (int rate : this.rates) {
				Step.Outcome outcome = new Step(rate, this.seconds, SIZE).run(deployment, client, this.audience, 0);
				run.check(this.subject, this.name + " with " + title + " at " + rate + "/s", outcome.measured(),
						outcome.expected());
				Row row = Row.of(title).with(Step.RATE, rate);
				for (String column : List.of(Step.P50, Step.P99, Step.MAX, Step.SERVER_CPU)) {
					row = row.with(column, outcome.row().value(column));
				}
				rows.add(run.measured(row.with("RSS MB", deployment.serverResidentBytes() / MB)));
			}
		}
		return rows;
	}

}
