package io.github.sseredis.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Results as Markdown tables. */
final class Tables {

	private static final double ONE_SECOND = 1000;

	private static final double TARGET_MILLIS = 300;

	private Tables() {
	}

	/** Every row with every value. */
	static String full(List<Row> rows) {
		Set<String> columns = new LinkedHashSet<>();
		rows.forEach((row) -> columns.addAll(row.values().keySet()));
		List<List<String>> cells = new ArrayList<>();
		for (Row row : rows) {
			List<String> line = new ArrayList<>(List.of(row.subject()));
			columns.forEach((column) -> line.add(Numbers.format(row.value(column))));
			cells.add(line);
		}
		List<String> head = new ArrayList<>(List.of(""));
		head.addAll(columns);
		return table(head, cells);
	}

	/** One row a subject of those that were driven at rising rates. */
	static String ladder(List<LadderSummary> subjects) {
		LadderSummary reference = reference(subjects);
		double referenceRate = reference.best(ONE_SECOND).map((row) -> row.value("events/s")).orElse(Double.NaN);
		List<List<String>> cells = new ArrayList<>();
		for (LadderSummary subject : subjects) {
			Row best = subject.best(ONE_SECOND).orElse(Row.of(subject.subject()));
			double late = subject.rows().stream().mapToDouble((row) -> row.value("late or twice")).sum();
			cells.add(List.of(subject.subject(), Numbers.format(subject.bestDeliveries(ONE_SECOND)),
					Numbers.format(best.value("p50 ms")), Numbers.format(best.value(LadderSummary.P99)),
					Numbers.format(subject.bestDeliveries(TARGET_MILLIS)),
					ratio(subject.bestDeliveries(TARGET_MILLIS), reference.bestDeliveries(ONE_SECOND)),
					Numbers.format(subject.p99At(referenceRate)), Numbers.format(best.value("server CPU %")),
					Numbers.format(best.value("client CPU %")), Numbers.format(late)));
		}
		return table(List.of("", "most deliveries/s", "p50 ms", "p99 ms", "most at p99 under 300 ms",
				"of that the hand-written most", "p99 ms at that rate of the hand-written", "server CPU %",
				"client CPU %", "late or twice"), cells);
	}

	/** The machine and the versions. */
	static String machine(Result result) {
		List<List<String>> cells = new ArrayList<>();
		result.machine().forEach((name, value) -> cells.add(List.of(name, value)));
		return table(List.of("", ""), cells);
	}

	private static LadderSummary reference(List<LadderSummary> subjects) {
		return subjects.stream()
			.filter((subject) -> subject.subject().startsWith("hand-written"))
			.findFirst()
			.orElse(new LadderSummary("hand-written", List.of()));
	}

	private static String ratio(double value, double reference) {
		return Double.isNaN(value / reference) ? "" : Numbers.format(value / reference) + " times";
	}

	static String table(List<String> head, List<List<String>> cells) {
		StringBuilder table = new StringBuilder();
		line(table, head);
		table.append("|---".repeat(head.size())).append("|\n");
		cells.forEach((line) -> line(table, line));
		return table.toString();
	}

	private static void line(StringBuilder table, List<String> cells) {
		table.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

}
