package io.github.sseredis.benchmarks.scenario;

import io.github.sseredis.benchmarks.client.StreamTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.benchmarks.client.LoadClient;
import io.github.sseredis.benchmarks.report.Row;
import io.github.sseredis.benchmarks.subject.Deployment;
import io.github.sseredis.benchmarks.subject.HeapHistogram;
import io.github.sseredis.benchmarks.subject.Subject;

/**
 * What open connections cost while nothing is published: the live heap after a full
 * collection, less what it was with a hundredth of them; resident memory; and processor
 * time with the heartbeats of the subject's defaults.
 *
 * @param seconds how long processor time is measured
 */
record Idle(String name, int connections, int seconds, List<Subject> subjects) implements Scenario {

	private static final double KB = 1024;

	@Override
	public List<Row> run(Run run) {
		List<Row> rows = new ArrayList<>();
		for (Subject subject : run.of(this.subjects)) {
			try (Deployment deployment = Deployment.start(run.setup(), subject);
					LoadClient client = LoadClient.start()) {
				rows.add(run.measured(measure(deployment, client)));
			}
		}
		return rows;
	}

	private Row measure(Deployment deployment, LoadClient client) {
		Audience few = Audience.ofOwnTopics(this.connections / 100);
		client.open(few.streams(deployment));
		boolean jvm = deployment.subject() != Subject.NCHAN;
		HeapHistogram before = jvm ? deployment.serverHeap() : null;
		long residentBefore = deployment.serverResidentBytes();
		List<StreamTarget> added = Audience.ofOwnTopics(this.connections)
			.streams(deployment)
			.subList(few.connections(), this.connections);
		client.open(added);
		Row row = Row.of(deployment.subject().title()).with("connections", this.connections);
		if (before != null) {
			row = heap(row, before, deployment.serverHeap(), added.size());
		}
		row = row.with("RSS KB each", (deployment.serverResidentBytes() - residentBefore) / KB / added.size());
		Processors start = Processors.now(deployment, client);
		await(this.seconds);
		return row.with("idle CPU %", Processors.now(deployment, client).serverPercent(start));
	}

	private static Row heap(Row row, HeapHistogram before, HeapHistogram after, int connections) {
		double divisor = KB * connections;
		return row.with("heap KB each", (after.totalBytes() - before.totalBytes()) / divisor)
			.with("of it ours",
					(after.bytes((name) -> name.startsWith("io.github.sseredis."))
							- before.bytes((name) -> name.startsWith("io.github.sseredis."))) / divisor)
			.with("byte[]", (after.bytes("[B"::equals) - before.bytes("[B"::equals)) / divisor)
			.with("char[]", (after.bytes("[C"::equals) - before.bytes("[C"::equals)) / divisor);
	}

	private static void await(int seconds) {
		try {
			TimeUnit.SECONDS.sleep(seconds);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
