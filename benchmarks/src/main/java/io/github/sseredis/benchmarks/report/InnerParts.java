package io.github.sseredis.benchmarks.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What JMH measured of the inner parts. */
public final class InnerParts {

	private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private static final String BENCHMARK = "benchmark";

	private static final String PARAMETERS = "params";

	private static final String PRIMARY = "primaryMetric";

	private static final String SECONDARY = "secondaryMetrics";

	private static final String ALLOCATED = "gc.alloc.rate.norm";

	private static final String SCORE = "score";

	private InnerParts() {
	}

	/**
	 * Keeps of the file that JMH writes what the table shows. The rest describes the
	 * machine by its paths, and is long.
	 * @param written by JMH
	 * @param kept where to
	 */
	public static void keep(Path written, Path kept) {
		ArrayNode results = MAPPER.createArrayNode();
		for (JsonNode result : MAPPER.readTree(written)) {
			ObjectNode entry = results.addObject().put(BENCHMARK, result.path(BENCHMARK).stringValue(""));
			if (result.has(PARAMETERS)) {
				entry.set(PARAMETERS, result.path(PARAMETERS));
			}
			entry.putObject(PRIMARY).put(SCORE, score(result.path(PRIMARY)));
			entry.putObject(SECONDARY).putObject(ALLOCATED).put(SCORE, score(allocated(result)));
		}
		MAPPER.writeValue(kept, results);
	}

	static String table(Path file) {
		List<List<String>> lines = new ArrayList<>();
		for (JsonNode result : MAPPER.readTree(file)) {
			String name = result.path(BENCHMARK).stringValue("");
			String parameters = result.has(PARAMETERS) ? " " + result.path(PARAMETERS) : "";
			lines.add(List.of(name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1) + parameters,
					Numbers.format(score(result.path(PRIMARY))), Numbers.format(score(allocated(result)))));
		}
		return Tables.table(List.of("", "ns", "bytes allocated"), lines);
	}

	private static JsonNode allocated(JsonNode result) {
		return result.path(SECONDARY).path(ALLOCATED);
	}

	private static double score(JsonNode metric) {
		return metric.path(SCORE).doubleValue(Double.NaN);
	}

}
