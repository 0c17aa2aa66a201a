package io.github.sseredis.benchmarks.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.sseredis.benchmarks.report.Row;
import io.github.sseredis.benchmarks.subject.HostApplication;
import io.github.sseredis.benchmarks.subject.Setup;

/**
 * What the starter adds to the start of an application that has web, Redis and Jackson
 * already: from the start of the process to the end of the application's start, with and
 * without our jars on the class path, in turns. Once of an application that connects to
 * Redis while it starts, as those do that keep sessions or a lock there, and once of one
 * that does not.
 */
record StartUp(String name, int starts) implements Scenario {

	@Override
	public List<Row> run(Run run) {
		List<Row> rows = new ArrayList<>();
		rows.addAll(run(run, "connects to Redis", true));
		rows.addAll(run(run, "does not connect", false));
		return rows;
	}

	private List<Row> run(Run run, String what, boolean connects) {
		List<Double> without = new ArrayList<>();
		List<Double> with = new ArrayList<>();
		Setup setup = run.setup();
		try (HostApplication host = HostApplication.create(setup, connects)) {
			host.startMillis(false);
			host.startMillis(true);
			for (int i = 0; i < this.starts; i++) {
				without.add(host.startMillis(false));
				with.add(host.startMillis(true));
			}
		}
		return List.of(run.measured(row(what + ", without sse-redis", without)),
				run.measured(row(what + ", with sse-redis", with)),
				run.measured(Row.of(what + ", added").with("median ms", median(with) - median(without))));
	}

	private static Row row(String title, List<Double> millis) {
		return Row.of(title)
			.with("median ms", median(millis))
			.with("least ms", Collections.min(millis))
			.with("most ms", Collections.max(millis));
	}

	private static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
	}

}
