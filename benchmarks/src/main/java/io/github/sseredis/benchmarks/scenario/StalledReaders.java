package io.github.sseredis.benchmarks.scenario;

import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.benchmarks.client.LoadClient;
import io.github.sseredis.benchmarks.report.Row;
import io.github.sseredis.benchmarks.subject.Deployment;
import io.github.sseredis.benchmarks.subject.Subject;

/**
 * Everybody on one topic, first with all reading, then with some that stopped.
 *
 * @param connections how many, the stalled ones included
 * @param stalled how many of them stop to read
 * @param seconds how long each half takes
 */
record StalledReaders(String name, int connections, int stalled, int seconds,
		List<Subject> subjects) implements Scenario {

	private static final int RATE = 40;

	private static final int SIZE = 4096;

	/** Small, so that a stalled reader stalls its server within a second. */
	private static final int RECEIVE_BUFFER = 16 * 1024;

	@Override
	public List<Row> run(Run run) {
		List<Row> rows = new ArrayList<>();
		Audience audience = Audience.ofOneTopic(this.connections);
		for (Subject subject : run.of(this.subjects)) {
			try (Deployment deployment = Deployment.start(run.setup(), subject);
					LoadClient client = LoadClient.start()) {
				client.open(audience.streams(deployment).subList(0, this.stalled), RECEIVE_BUFFER);
				client.open(audience.streams(deployment).subList(this.stalled, this.connections));
				new Step(RATE, this.seconds, SIZE).run(deployment, client, audience, 0);
				rows.add(measure(run, deployment, client, audience, 0));
				client.stall(this.stalled);
				rows.add(measure(run, deployment, client, audience, this.stalled));
			}
		}
		return rows;
	}

	private Row measure(Run run, Deployment deployment, LoadClient client, Audience audience, int stalledNow) {
		Step.Outcome outcome = new Step(RATE, this.seconds, SIZE).run(deployment, client, audience, stalledNow);
		run.check(deployment.subject(), this.name + " with " + stalledNow + " stalled", outcome.measured(),
				outcome.expected());
		Row row = Row.of(deployment.subject().title()).with("stalled", stalledNow);
		for (var value : outcome.row().values().entrySet()) {
			row = row.with(value.getKey(), value.getValue());
		}
		return run.measured(row);
	}

}
