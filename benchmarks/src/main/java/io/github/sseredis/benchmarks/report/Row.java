package io.github.sseredis.benchmarks.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured of one subject in one step.
 *
 * @param subject its title
 * @param values by their names, which say the unit, in the order of the columns
 */
public record Row(String subject, Map<String, Double> values) {

	public Row {
		values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
	}

	public static Row of(String subject) {
		return new Row(subject, Map.of());
	}

	public Row with(String name, double value) {
		Map<String, Double> extended = new LinkedHashMap<>(this.values);
		extended.put(name, Math.round(value * 1000) / 1000.0);
		return new Row(this.subject, extended);
	}

	public Row with(String name, long value) {
		return with(name, (double) value);
	}

	/** A value; NaN if it was not measured. */
	public double value(String name) {
		return this.values.getOrDefault(name, Double.NaN);
	}

}
