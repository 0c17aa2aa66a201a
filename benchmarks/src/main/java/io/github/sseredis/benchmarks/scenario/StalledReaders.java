package io.github.sseredis.benchmarks.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

import io.github.sseredis.benchmarks.client.LoadClient;
import io.github.sseredis.benchmarks.client.StalledSocket;
import io.github.sseredis.benchmarks.client.StreamTarget;
import io.github.sseredis.benchmarks.report.Row;
import io.github.sseredis.benchmarks.subject.Deployment;
import io.github.sseredis.benchmarks.subject.Subject;

/**
 * Everybody on one topic: first those who read, then beside them some who read nothing.
 * The loopback takes megabytes for a socket that nobody reads, so each is sent several
 * times as much.
 *
 * @param connections how many, the stalled ones included
 * @param stalled how many of them do not read
 * @param rate events a second
 * @param seconds how long each half takes
 */
record StalledReaders(String name, int connections, int stalled, int rate, int seconds,
		List<Subject> subjects) implements Scenario {

	private static final int SIZE = 4096;

	private static final int WARM_UP_SECONDS = 5;

	@Override
	public List<Row> run(Run run) {
		List<Row> rows = new ArrayList<>();
		Audience audience = Audience.ofOneTopic(this.connections);
		for (Subject subject : run.of(this.subjects)) {
			try (Deployment deployment = Deployment.start(run.setup(), subject);
					LoadClient client = LoadClient.start()) {
				List<StreamTarget> streams = audience.streams(deployment);
				client.open(streams.subList(this.stalled, this.connections));
				new Step(this.rate, WARM_UP_SECONDS, SIZE).run(deployment, client, audience, this.stalled);
				rows.add(run.measured(measure(run, deployment, client, Set.of())));
				rows.add(run
					.measured(measure(run, deployment, client, client.openStalled(streams.subList(0, this.stalled)))));
			}
		}
		return rows;
	}

	private Row measure(Run run, Deployment deployment, LoadClient client, Set<StalledSocket> sockets) {
		Step.Outcome outcome;
		// Without sockets, too: to look delays whatever the kernel does beside it.
		StallWatch watch = StallWatch.start(sockets);
		try (watch) {
			outcome = new Step(this.rate, this.seconds, SIZE).run(deployment, client,
					Audience.ofOneTopic(this.connections), this.stalled);
		}
		run.check(deployment.subject(), this.name + " with " + sockets.size() + " stalled", outcome.measured(),
				outcome.expected());
		Row row = row(deployment.subject(), sockets.size(), outcome);
		if (sockets.isEmpty()) {
			return row;
		}
		long sent = (long) this.rate * this.seconds * SIZE;
		run.check(deployment.subject(), watch.log().mostBytes() < sent, this.name + ": no socket was full, for "
				+ watch.log().mostBytes() + " bytes of " + sent + " went into it");
		return watch.log().addTo(row);
	}

	private static Row row(Subject subject, int stalledNow, Step.Outcome outcome) {
		Row row = Row.of(subject.title()).with("stalled", stalledNow);
		row = latency(row, Step.P50, outcome, 50);
		row = latency(row, Step.P99, outcome, 99);
		row = latency(row, Step.MAX, outcome, 100);
		for (String column : List.of(Step.EXPECTED, Step.RECEIVED, Step.LATE, Step.SERVER_CPU)) {
			row = row.with(column, outcome.row().value(column));
		}
		return row;
	}

	/** Of a server that stops, those that still receive something must not look fast. */
	private static Row latency(Row row, String column, Step.Outcome outcome, double percentile) {
		OptionalDouble millis = outcome.measured().latencyMillis(percentile, outcome.expected());
		return millis.isPresent() ? row.with(column, millis.getAsDouble()) : row;
	}

}
