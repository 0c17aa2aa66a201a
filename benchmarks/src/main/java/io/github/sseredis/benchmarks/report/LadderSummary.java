package io.github.sseredis.benchmarks.report;

import java.util.List;
import java.util.Optional;

/**
 * What the steps of a subject at rising rates come to.
 *
 * @param subject its title
 * @param rows its steps
 */
record LadderSummary(String subject, List<Row> rows) {

	static final String DELIVERIES = "deliveries/s";

	static final String P99 = "p99 ms";

	/** The step with most deliveries of those whose p99 is within a limit. */
	Optional<Row> best(double p99) {
		return this.rows.stream()
			.filter((row) -> row.value(P99) <= p99 && row.value("received") >= row.value("expected"))
			.reduce((one, other) -> other.value(DELIVERIES) > one.value(DELIVERIES) ? other : one);
	}

	double bestDeliveries(double p99) {
		return best(p99).map((row) -> row.value(DELIVERIES)).orElse(Double.NaN);
	}

	/** The p99 at a number of events a second; NaN if that was not measured. */
	double p99At(double rate) {
		return this.rows.stream()
			.filter((row) -> row.value("events/s") == rate)
			.findFirst()
			.map((row) -> row.value(P99))
			.orElse(Double.NaN);
	}

	static LadderSummary of(String subject, List<Row> rows) {
		return new LadderSummary(subject, rows.stream().filter((row) -> row.subject().equals(subject)).toList());
	}

}
