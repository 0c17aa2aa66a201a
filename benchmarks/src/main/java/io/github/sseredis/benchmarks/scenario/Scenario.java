package io.github.sseredis.benchmarks.scenario;

import java.util.List;

import io.github.sseredis.benchmarks.report.Row;

/** Something that is measured, by a name on the command line. */
public interface Scenario {

	String name();

	/** Runs with each of the subjects that it is about. */
	List<Row> run(Run run);

}
