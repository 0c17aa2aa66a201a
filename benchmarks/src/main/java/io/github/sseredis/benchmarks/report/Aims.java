package io.github.sseredis.benchmarks.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What was aimed at before anything was measured, and what was reached. */
final class Aims {

	private static final List<String> OURS = List.of("sse-redis, Tomcat", "sse-redis, Jetty");

	private static final String HAND_WRITTEN = "hand-written, Tomcat";

	private static final String NCHAN = "nchan";

	private final Path results;

	Aims(Path results) {
		this.results = results;
	}

	/** A table with a column for each container; empty cells were not measured. */
	String table() {
		List<List<String>> lines = new ArrayList<>();
		for (Aim aim : aims()) {
			List<String> line = new ArrayList<>(List.of(aim.text()));
			OURS.forEach((subject) -> line.add(aim.cell(subject)));
			lines.add(line);
		}
		return Tables.table(List.of("", "Tomcat", "Jetty"), lines);
	}

	private List<Aim> aims() {
		return List.of(
				Aim.atLeast(10, "1,000 on one topic: times the most of the hand-written pattern, at p99 under 300 ms",
						(subject) -> most("fan-out-1000", subject, 300) / most("fan-out-1000", HAND_WRITTEN, 1000)),
				Aim.atLeast(5, "the same, times the most of nchan",
						(subject) -> most("fan-out-1000", subject, 300) / most("fan-out-1000", NCHAN, 1000)),
				Aim.atMost(0.2, "p99 at the most of the hand-written pattern, as a part of its p99",
						(subject) -> latencyAtTheirMost("fan-out-1000", subject)),
				Aim.atLeast(10, "10,000 on one topic: times the most of the hand-written pattern",
						(subject) -> most("fan-out-10000", subject, 1000) / most("fan-out-10000", HAND_WRITTEN, 1000)),
				Aim.atLeast(10, "the same, times the most of nchan",
						(subject) -> most("fan-out-10000", subject, 1000) / most("fan-out-10000", NCHAN, 1000)),
				Aim.atLeast(1e6, "deliveries/s to 10,000 at p99 under 500 ms",
						(subject) -> most("fan-out-10000", subject, 500)),
				Aim.atLeast(8, "own topics: times the most of the hand-written pattern",
						(subject) -> most("per-user", subject, 1000) / most("per-user", HAND_WRITTEN, 1000)),
				Aim.atMost(20, "own topics: p99 in ms at 10,000 messages/s",
						(subject) -> ladder("per-user", subject).p99At(10_000)),
				Aim.atLeast(0.8, "three topics a connection, as a part of the most with one",
						(subject) -> most("mixed", subject, 300) / most("fan-out-1000", subject, 300)),
				Aim.atMost(1.2, "p99 with stalled readers, times that without",
						(subject) -> value("stalled-readers", subject, (row) -> row.value("stalled") > 0, "p99 ms")
								/ value("stalled-readers", subject, (row) -> row.value("stalled") == 0, "p99 ms")),
				Aim.atMost(1.5, "idle: KB of our own objects a connection",
						(subject) -> value("idle", subject, (row) -> true, "of it ours")),
				Aim.atMost(12, "idle: KB of heap a connection on Jetty",
						(subject) -> isTomcat(subject) ? Double.NaN
								: value("idle", subject, (row) -> true, "heap KB each")),
				Aim.atMost(60, "the same on Tomcat, with small buffers", (subject) -> isTomcat(subject)
						? value("idle", subject + ", small buffers", (row) -> true, "heap KB each") : Double.NaN),
				Aim.atMost(5, "idle: % of a processor with 10,000 connections",
						(subject) -> value("idle", subject, (row) -> true, "idle CPU %")),
				Aim.atMost(3, "reconnect storm: seconds until the last of 5,000 has caught up",
						(subject) -> value("reconnect-storm", subject, Aims::isLarge, "max s")),
				Aim.atMost(1.1, "reconnect storm: Redis commands with 5,000 clients, times those with 500",
						(subject) -> value("reconnect-storm", subject, Aims::isLarge, "Redis commands")
								/ value("reconnect-storm", subject, (row) -> !isLarge(row), "Redis commands")),
				Aim.atLeast(20_000, "events/s that one instance publishes",
						(subject) -> value("publish", subject + ", awaited", (row) -> true, "events/s")),
				Aim.atMost(150, "ms added to the start of an application that connects to Redis",
						added("connects to Redis")),
				Aim.atMost(150, "the same of one that does not", added("does not connect")));
	}

	private Function<String, Double> added(String what) {
		return (subject) -> isTomcat(subject) ? value("start-up", what + ", added", (row) -> true, "median ms")
				: Double.NaN;
	}

	private static boolean isTomcat(String subject) {
		return subject.equals("sse-redis, Tomcat");
	}

	private static boolean isLarge(Row row) {
		return row.value("clients") == 5000;
	}

	private double latencyAtTheirMost(String scenario, String subject) {
		return ladder(scenario, HAND_WRITTEN).best(1000)
			.map((row) -> ladder(scenario, subject).p99At(row.value("events/s")) / row.value(LadderSummary.P99))
			.orElse(Double.NaN);
	}

	private double most(String scenario, String subject, double p99) {
		return ladder(scenario, subject).bestDeliveries(p99);
	}

	private LadderSummary ladder(String scenario, String subject) {
		return LadderSummary.of(subject, rows(scenario));
	}

	private double value(String scenario, String subject, Predicate<Row> which, String name) {
		return rows(scenario).stream()
			.filter((row) -> row.subject().equals(subject))
			.filter(which)
			.mapToDouble((row) -> row.value(name))
			.findFirst()
			.orElse(Double.NaN);
	}

	private List<Row> rows(String scenario) {
		return Result.read(this.results, scenario).map(Result::rows).orElse(List.of());
	}

	/** One of them. */
	private record Aim(String text, double limit, boolean isLeast, Function<String, Double> measured) {

		static Aim atLeast(double limit, String text, Function<String, Double> measured) {
			return new Aim(text + ": at least " + Numbers.format(limit), limit, true, measured);
		}

		static Aim atMost(double limit, String text, Function<String, Double> measured) {
			return new Aim(text + ": at most " + Numbers.format(limit), limit, false, measured);
		}

		String cell(String subject) {
			double value = this.measured.apply(subject);
			boolean reached = this.isLeast ? value >= this.limit : value <= this.limit;
			return Double.isNaN(value) ? "" : Numbers.format(value) + (reached ? "" : " **missed**");
		}

	}

}
