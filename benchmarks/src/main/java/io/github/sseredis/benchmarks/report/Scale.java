package io.github.sseredis.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** What measured unit costs come to with many instances and a million connections. */
final class Scale {

	private static final double CONNECTIONS = 1e6;

	private static final double EVENTS = 1000;

	private static final double BYTES = 400;

	private static final double MICROS = 1e6;

	private Scale() {
	}

	/** A table for some numbers of instances, with a thousand events a second in all. */
	static String table(Result units) {
		double unwanted = units.rows().get(0).value("instance µs an unwanted event");
		double published = units.rows().get(0).value("Redis µs an event published with history");
		List<List<String>> lines = new ArrayList<>();
		for (int instances : new int[] { 10, 100, 1000 }) {
			double sent = sent(units, instances);
			lines.add(List.of(Numbers.format(instances), Numbers.format(CONNECTIONS / instances),
					Numbers.format(EVENTS * unwanted / MICROS * 100),
					Numbers.format(EVENTS * (published + instances * sent) / MICROS * 100),
					Numbers.format(EVENTS * instances * BYTES * 8 / 1e6), Numbers.format(EVENTS * BYTES * 8 / 1e6)));
		}
		return Tables.table(List.of("instances", "connections each", "% of a processor each, for what nobody wants",
				"% of a processor of Redis", "Mbit/s out of Redis", "Mbit/s into each"), lines);
	}

	// The cost of one more subscriber falls with their number; the nearest counts.
	private static double sent(Result units, int instances) {
		double sent = Double.NaN;
		for (Row row : units.rows()) {
			if (row.subject().endsWith(" subscribers")
					&& (Double.isNaN(sent) || row.subject().equals(instances + " subscribers"))) {
				sent = row.value("Redis µs a message and instance");
			}
		}
		return sent;
	}

}
