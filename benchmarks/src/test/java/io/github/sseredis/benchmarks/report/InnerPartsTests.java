package io.github.sseredis.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class InnerPartsTests {

	@TempDir
	Path directory;

	private Path written;

	private Path kept;

	@BeforeEach
	void writeAsJmhDoes() throws IOException {
		this.written = this.directory.resolve("written.json");
		this.kept = this.directory.resolve("kept.json");
		Files.writeString(this.written, """
				[{
					"benchmark" : "some.where.Deliver.once",
					"jvm" : "/machine/jdk/bin/java",
					"jvmArgs" : ["-Dfile=/machine/file"],
					"params" : { "readers" : "7" },
					"primaryMetric" : { "score" : 12.5, "scoreUnit" : "ns/op", "rawData" : [[ 12.4, 12.6 ]] },
					"secondaryMetrics" : {
						"gc.count" : { "score" : 3 },
						"gc.alloc.rate.norm" : { "score" : 408.25, "scoreError" : 1 }
					}
				}, {
					"benchmark" : "some.where.Encode.json",
					"jvm" : "/machine/jdk/bin/java",
					"primaryMetric" : { "score" : 99 },
					"secondaryMetrics" : { "gc.alloc.rate.norm" : { "score" : 16 } }
				}]
				""");
	}

	@Test
	void keepsWhatTheTableShows() {
		InnerParts.keep(this.written, this.kept);
		assertThat(InnerParts.table(this.kept)).isEqualTo(InnerParts.table(this.written))
			.contains("| Deliver.once {\"readers\":\"7\"} | 12.5 | 408 |")
			.contains("| Encode.json | 99 | 16 |");
	}

	@Test
	void keepsNothingElse() {
		InnerParts.keep(this.written, this.kept);
		assertThat(this.kept).content().doesNotContain("jvm", "machine", "rawData", "gc.count", "scoreError");
	}

}
