package io.github.sseredis.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PerformancePageTests {

	@TempDir
	Path directory;

	private Path page;

	@BeforeEach
	void createPage() throws IOException {
		this.page = this.directory.resolve("performance.md");
		Files.writeString(this.page, "Before\n<!-- begin start-up -->\nold\n<!-- end -->\nBetween\n"
				+ "<!-- begin ladder -->\nold too\n<!-- end -->\nAfter\n");
	}

	@Test
	void leavesABlockAloneWhenNothingWasMeasured() throws IOException {
		String before = Files.readString(this.page);
		PerformancePage.write(this.page, this.directory);
		assertThat(this.page).hasContent(before);
	}

	@Test
	void writesWhatWasMeasuredAndTheRestAsItWas() throws IOException {
		result("start-up", Row.of("added").with("median ms", 123.44)).write(this.directory);
		PerformancePage.write(this.page, this.directory);
		assertThat(this.page).content()
			.contains("Before\n<!-- begin start-up -->\n`command`, date, load average before ")
			.contains("| added | 123 |")
			.contains("<!-- end -->\nBetween\n<!-- begin ladder -->\nold too\n<!-- end -->\nAfter\n");
	}

	@Test
	void summarizesAndDrawsRisingRates() throws IOException {
		result("ladder", step("hand-written", 100, 200, 1000), step("hand-written", 200, 2000, 1000),
				step("ours", 100, 20, 1000), step("ours", 1000, 250, 1000), step("ours", 2000, 10, 999))
			.write(this.directory);
		PerformancePage.write(this.page, this.directory);
		assertThat(this.page).content()
			.contains("| hand-written | 100 | ")
			.contains("| ours | 1,000 | ")
			.contains("10 times")
			.contains("![ladder](performance/ladder.svg)");
		assertThat(this.directory.resolve("performance/ladder.svg")).content()
			.startsWith("<svg ")
			.contains(">ours</text>")
			.endsWith("</svg>\n");
	}

	private static Result result(String scenario, Row... rows) {
		return Result.begin(scenario, "command", "date").with(List.of(rows));
	}

	private static Row step(String subject, double rate, double p99, double received) {
		return Row.of(subject)
			.with("events/s", rate)
			.with("deliveries/s", rate)
			.with("p50 ms", 1.0)
			.with("p99 ms", p99)
			.with("expected", 1000)
			.with("received", received);
	}

}
