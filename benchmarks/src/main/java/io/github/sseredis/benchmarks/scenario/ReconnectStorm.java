package io.github.sseredis.benchmarks.scenario;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.sseredis.benchmarks.client.LoadClient;
import io.github.sseredis.benchmarks.client.Measurement;
import io.github.sseredis.benchmarks.client.StreamTarget;
import io.github.sseredis.benchmarks.report.Row;
import io.github.sseredis.benchmarks.subject.ControlledProcess.Published;
import io.github.sseredis.benchmarks.subject.Deployment;
import io.github.sseredis.benchmarks.subject.Subject;

/**
 * An instance is killed while events flow, and all its clients go on at another at once,
 * without the jitter that keeps real ones apart. The other has served as many before, as
 * an instance that runs has.
 *
 * @param clients how many, in one attempt after the other
 * @param seconds how long events flow; the kill comes after a third of it
 */
record ReconnectStorm(String name, List<Integer> clients, int rate, int seconds,
		List<Subject> subjects) implements Scenario {

	private static final int SIZE = 120;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Override
	public List<Row> run(Run run) {
		List<Row> rows = new ArrayList<>();
		for (Subject subject : run.of(this.subjects)) {
			for (int count : this.clients) {
				try (Deployment deployment = Deployment.start(run.setup(), subject);
						LoadClient client = LoadClient.start()) {
					rows.add(run.measured(storm(run, deployment, client, Audience.ofOneTopic(count))));
				}
			}
		}
		return rows;
	}

	private static void warmUp(List<StreamTarget> streams) {
		try (LoadClient others = LoadClient.start()) {
			others.open(streams);
		}
	}

	private Row storm(Run run, Deployment deployment, LoadClient client, Audience audience) {
		InetSocketAddress other = deployment.addInstance();
		warmUp(audience.streams(deployment).stream().map((target) -> target.at(other)).toList());
		client.open(audience.streams(deployment));
		long third = (long) this.rate * this.seconds / 3;
		client.begin();
		CompletableFuture<Published> publishing = deployment.publish(1, 3 * third, this.rate, SIZE, false);
		client.awaitEvents(third * audience.connections(), PATIENCE);
		long commandsBefore = deployment.redis().commands();
		client.failover(other);
		long killed = System.nanoTime();
		deployment.killServer();
		client.await(() -> client.caughtUp() >= audience.connections(), PATIENCE, "for clients to catch up");
		long all = System.nanoTime() - killed;
		publishing.join();
		long expected = audience.deliveries(deployment, 0);
		client.awaitEvents(expected, PATIENCE);
		long commands = deployment.redis().commands() - commandsBefore;
		Measurement measured = client.measure();
		run.check(deployment.subject(), this.name + " of " + audience.connections(), measured, expected);
		return Row.of(deployment.subject().title())
			.with("clients", audience.connections())
			.with("p50 s", measured.catchUp().getValueAtPercentile(50) / 1e6)
			.with("p99 s", measured.catchUp().getValueAtPercentile(99) / 1e6)
			.with("max s", measured.catchUp().getMaxValue() / 1e6)
			.with("all after the kill s", all / 1e9)
			.with("lost", expected - measured.events())
			.with(Step.LATE, measured.repeated())
			.with("resets", measured.resets())
			.with("Redis commands", commands);
	}

}
