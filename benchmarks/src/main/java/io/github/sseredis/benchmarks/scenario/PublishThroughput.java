package io.github.sseredis.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.benchmarks.client.LoadClient;
import io.github.sseredis.benchmarks.client.Measurement;
import io.github.sseredis.benchmarks.report.Row;
import io.github.sseredis.benchmarks.subject.ControlledProcess.Published;
import io.github.sseredis.benchmarks.subject.Deployment;
import io.github.sseredis.benchmarks.subject.Subject;

/**
 * How many events one instance publishes from one thread, with at most ten thousand
 * unanswered, and one client on another instance that checks the order.
 */
record PublishThroughput(String name, int events, List<Subject> subjects) implements Scenario {

	private static final int SIZE = 120;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@Override
	public List<Row> run(Run run) {
		List<Row> rows = new ArrayList<>();
		for (Subject subject : run.of(this.subjects)) {
			try (Deployment deployment = Deployment.start(run.setup(), subject);
					LoadClient client = LoadClient.start()) {
				client.open(List.of(deployment.stream(List.of(0))));
				deployment.publish(1, this.events, 0, SIZE, false).join();
				client.awaitEvents(this.events, PATIENCE);
				rows.add(measure(run, deployment, client, false));
				rows.add(measure(run, deployment, client, true));
			}
		}
		return rows;
	}

	private Row measure(Run run, Deployment deployment, LoadClient client, boolean callbacks) {
		client.begin();
		Processors start = Processors.now(deployment, client);
		Published published = deployment.publish(1, this.events, 0, SIZE, callbacks).join();
		client.awaitEvents(this.events, PATIENCE);
		Measurement measured = client.measure();
		Processors end = Processors.now(deployment, client);
		run.check(deployment.subject(), this.name, measured, this.events);
		Row row = Row.of(deployment.subject().title() + (callbacks ? ", a callback on each" : ", awaited"))
			.with(Step.RATE, published.rate())
			.with("failed", published.failed())
			.with(Step.RECEIVED, measured.events())
			.with(Step.LATE, measured.repeated());
		return run.measured(end.addTo(row, start));
	}

}
