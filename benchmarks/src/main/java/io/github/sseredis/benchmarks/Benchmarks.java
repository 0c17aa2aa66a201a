package io.github.sseredis.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.sseredis.benchmarks.report.PerformancePage;
import io.github.sseredis.benchmarks.report.Result;
import io.github.sseredis.benchmarks.scenario.Run;
import io.github.sseredis.benchmarks.scenario.Scenario;
import io.github.sseredis.benchmarks.scenario.Scenarios;
import io.github.sseredis.benchmarks.subject.Setup;
import io.github.sseredis.benchmarks.subject.Subject;

/**
 * Runs scenarios: those that are named, separated by commas, {@code all}, or
 * {@code short}, which keeps no result. After it the page is written anew from all
 * results there are, as {@code report} does alone. Ends with 1 if a subject of ours
 * delivered out of order or not everything.
 */
final class Benchmarks {

	private Benchmarks() {
	}

	public static void main(String[] args) throws IOException {
		Path results = Path.of(System.getProperty("results", "benchmarks/results"));
		Path page = Path.of(System.getProperty("page", "docs/performance.md"));
		Run run = new Run(Setup.fromSystemProperties(), subjects());
		if (args[0].equals("short")) {
			Scenarios.quick().forEach((scenario) -> scenario.run(run));
		}
		else {
			for (Scenario scenario : scenarios(args[0])) {
				measure(scenario, run, results);
			}
			PerformancePage.write(page, results);
		}
		run.broken().forEach((complaint) -> System.err.println("BROKEN: " + complaint));
		System.out.println(run.broken().isEmpty() ? "Complete and in order" : "Broken");
		System.exit(run.broken().isEmpty() ? 0 : 1);
	}

	private static void measure(Scenario scenario, Run run, Path results) throws IOException {
		System.out.println("== " + scenario.name());
		Result result = Result.begin(scenario.name(), "mvn -q -pl benchmarks -am -Pbench -Dscenario=" + scenario.name(),
				Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
		Files.createDirectories(results);
		result.with(scenario.run(run)).write(results);
	}

	private static List<Scenario> scenarios(String names) {
		if (names.equals("report")) {
			return List.of();
		}
		List<String> wanted = List.of(names.split(",", -1));
		List<Scenario> found = Scenarios.all()
			.stream()
			.filter((scenario) -> names.equals("all") || wanted.contains(scenario.name()))
			.toList();
		if (found.isEmpty()) {
			throw new IllegalArgumentException("There are short, report, all, and "
					+ Scenarios.all().stream().map(Scenario::name).collect(Collectors.joining(", ")));
		}
		return found;
	}

	private static Set<Subject> subjects() {
		String names = System.getProperty("subjects", "");
		return names.isEmpty() ? EnumSet.allOf(Subject.class)
				: Arrays.stream(names.split(",", -1))
					.map((name) -> Subject.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
					.collect(Collectors.toCollection(() -> EnumSet.noneOf(Subject.class)));
	}

}
