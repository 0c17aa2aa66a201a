package io.github.sseredis.benchmarks.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What JMH measured of the inner parts, from the file that it writes. */
final class InnerParts {

	private InnerParts() {
	}

	static String table(Path file) {
		List<List<String>> lines = new ArrayList<>();
		for (JsonNode result : JsonMapper.shared().readTree(file)) {
			String name = result.path("benchmark").stringValue("");
			String parameters = result.path("params").isMissingNode() ? "" : " " + result.path("params");
			lines.add(List.of(name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1) + parameters,
					Numbers.format(result.path("primaryMetric").path("score").doubleValue(Double.NaN)),
					Numbers.format(result.path("secondaryMetrics")
						.path("gc.alloc.rate.norm")
						.path("score")
						.doubleValue(Double.NaN))));
		}
		return Tables.table(List.of("", "ns", "bytes allocated"), lines);
	}

}
