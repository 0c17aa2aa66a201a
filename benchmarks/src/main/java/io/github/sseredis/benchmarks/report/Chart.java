package io.github.sseredis.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Latency over deliveries, both logarithmic, as SVG: one line a subject, its last point
 * hollow if the subject no longer kept up there.
 */
final class Chart {

	private static final int WIDTH = 720;

	private static final int HEIGHT = 400;

	private static final int LEFT = 60;

	private static final int TOP = 30;

	private static final int RIGHT = 180;

	private static final int BOTTOM = 50;

	private static final List<String> COLORS = List.of("#0b6e4f", "#2a9df4", "#c8553d", "#8d6a9f", "#d19a1c");

	private final StringBuilder svg = new StringBuilder();

	private final Scale x;

	private final Scale y;

	private Chart(Scale x, Scale y) {
		this.x = x;
		this.y = y;
	}

	static String of(String title, List<LadderSummary> subjects) {
		List<Row> rows = subjects.stream().flatMap((subject) -> subject.rows().stream()).toList();
		Scale x = Scale.of(rows, (row) -> row.value(LadderSummary.DELIVERIES), LEFT, WIDTH - RIGHT);
		Scale y = Scale.of(rows, (row) -> row.value(LadderSummary.P99), HEIGHT - BOTTOM, TOP);
		Chart chart = new Chart(x, y);
		chart.frame(title);
		for (int i = 0; i < subjects.size(); i++) {
			chart.line(subjects.get(i), COLORS.get(i % COLORS.size()), TOP + 20 + 20 * i);
		}
		return chart.svg.append("</svg>\n").toString();
	}

	private void frame(String title) {
		add(String.format(Locale.ROOT,
				"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12'>",
				WIDTH, HEIGHT));
		add(String.format(Locale.ROOT, "<rect width='%d' height='%d' fill='#ffffff'/>", WIDTH, HEIGHT));
		text(LEFT, 18, "start", title);
		for (double tick : this.x.ticks()) {
			double at = this.x.at(tick);
			add(String.format(Locale.ROOT, "<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='#dddddd'/>", at, TOP, at,
					HEIGHT - BOTTOM));
			text(at, HEIGHT - BOTTOM + 18, "middle", Numbers.format(tick));
		}
		for (double tick : this.y.ticks()) {
			double at = this.y.at(tick);
			add(String.format(Locale.ROOT, "<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='#dddddd'/>", LEFT, at,
					WIDTH - RIGHT, at));
			text(LEFT - 6, at + 4, "end", Numbers.format(tick));
		}
		text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", "deliveries a second; upwards: p99 in ms");
	}

	private void line(LadderSummary subject, String color, int legend) {
		List<String> points = new ArrayList<>();
		for (Row row : subject.rows()) {
			double left = this.x.at(row.value(LadderSummary.DELIVERIES));
			double top = this.y.at(row.value(LadderSummary.P99));
			points.add(String.format(Locale.ROOT, "%.1f,%.1f", left, top));
			boolean keepsUp = row.value("received") >= row.value("expected") && row.value(LadderSummary.P99) <= 1000;
			add(String.format(Locale.ROOT, "<circle cx='%.1f' cy='%.1f' r='3.5' fill='%s' stroke='%s'/>", left, top,
					keepsUp ? color : "#ffffff", color));
		}
		add(String.format(Locale.ROOT, "<polyline points='%s' fill='none' stroke='%s' stroke-width='1.5'/>",
				String.join(" ", points), color));
		add(String.format(Locale.ROOT, "<rect x='%d' y='%d' width='10' height='10' fill='%s'/>", WIDTH - RIGHT + 14,
				legend - 9, color));
		text(WIDTH - RIGHT + 30, legend, "start", subject.subject());
	}

	private void text(double x, double y, String anchor, String text) {
		add(String.format(Locale.ROOT, "<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>", x, y, anchor, text));
	}

	private void add(String element) {
		this.svg.append(element).append('\n');
	}

	/** A logarithmic axis. */
	private record Scale(double least, double most, double from, double to) {

		static Scale of(List<Row> rows, ToDoubleFunction<Row> value, double from, double to) {
			double least = rows.stream().mapToDouble(value).filter((number) -> number > 0).min().orElse(1);
			double most = rows.stream().mapToDouble(value).max().orElse(10);
			return new Scale(Math.pow(10, Math.floor(Math.log10(least))), Math.pow(10, Math.ceil(Math.log10(most))),
					from, to);
		}

		double at(double value) {
			double share = Math.log(Math.max(value, this.least) / this.least) / Math.log(this.most / this.least);
			return this.from + share * (this.to - this.from);
		}

		List<Double> ticks() {
			List<Double> ticks = new ArrayList<>();
			for (double tick = this.least; tick <= this.most * 1.01; tick *= 10) {
				ticks.add(tick);
			}
			return ticks;
		}

	}

}
