package io.github.sseredis.benchmarks.report;

import java.util.Locale;

/** Numbers as tables and charts show them. */
final class Numbers {

	private Numbers() {
	}

	/** Three digits that count, k and M from ten thousand and a million. */
	static String format(double value) {
		if (Double.isNaN(value)) {
			return "";
		}
		double size = Math.abs(value);
		if (size >= 1e6) {
			return significant(value / 1e6) + "M";
		}
		if (size >= 1e4) {
			return significant(value / 1e3) + "k";
		}
		return significant(value);
	}

	private static String significant(double value) {
		double size = Math.abs(value);
		if (size >= 100 || value == Math.rint(value)) {
			return String.format(Locale.ROOT, "%,.0f", value);
		}
		return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
	}

}
