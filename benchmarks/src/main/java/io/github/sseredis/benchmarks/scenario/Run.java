package io.github.sseredis.benchmarks.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.sseredis.benchmarks.client.Measurement;
import io.github.sseredis.benchmarks.report.Row;
import io.github.sseredis.benchmarks.subject.Setup;
import io.github.sseredis.benchmarks.subject.Subject;

/**
 * One run of the command: with what, and what was found broken. Times break nothing.
 */
public final class Run {

	private final Setup setup;

	private final Set<Subject> subjects;

	private final List<String> broken = new ArrayList<>();

	/**
	 * Creates a run.
	 * @param subjects those that take part
	 */
	public Run(Setup setup, Set<Subject> subjects) {
		this.setup = setup;
		this.subjects = subjects;
	}

	Setup setup() {
		return this.setup;
	}

	/** Those of some subjects that take part. */
	List<Subject> of(List<Subject> about) {
		return about.stream().filter(this.subjects::contains).filter(Subject::isAvailable).toList();
	}

	/** Says what was measured as soon as it is. */
	Row measured(Row row) {
		System.out.println(row.subject() + " " + row.values());
		return row;
	}

	/** Checks what the connections of ours received: all, in order, once, no resets. */
	void check(Subject subject, String what, Measurement measured, long expected) {
		boolean intact = measured.skipped() == 0 && measured.repeated() == 0 && measured.resets() == 0
				&& measured.malformed() == 0 && measured.events() == expected;
		if (subject.isOurs() && !intact) {
			this.broken.add(subject.title() + ", " + what + ": " + measured.events() + " of " + expected
					+ " events, passed over " + measured.skipped() + ", late or twice " + measured.repeated()
					+ ", resets " + measured.resets() + ", malformed " + measured.malformed());
		}
	}

	/** Checks something about a subject of ours. */
	void check(Subject subject, boolean holds, String otherwise) {
		if (subject.isOurs() && !holds) {
			this.broken.add(subject.title() + ", " + otherwise);
		}
	}

	/** What was found broken; empty if nothing was. */
	public List<String> broken() {
		return this.broken;
	}

}
