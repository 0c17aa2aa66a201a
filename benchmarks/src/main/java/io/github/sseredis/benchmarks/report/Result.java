package io.github.sseredis.benchmarks.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one run of a scenario measured, as it is kept in a file.
 *
 * @param scenario its name
 * @param command what measures it again
 * @param date when it began
 * @param loadBefore the machine's load average before, which is not of this command
 * @param machine the machine and versions
 * @param rows what was measured
 */
public record Result(String scenario, String command, String date, double loadBefore, Map<String, String> machine,
		List<Row> rows) {

	private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	/** A result to come, described before it is measured. */
	public static Result begin(String scenario, String command, String date) {
		return new Result(scenario, command, date, Machine.load(), Machine.describe(), List.of());
	}

	public Result with(List<Row> measured) {
		return new Result(this.scenario, this.command, this.date, this.loadBefore, this.machine, List.copyOf(measured));
	}

	public void write(Path directory) {
		MAPPER.writeValue(file(directory, this.scenario), this);
	}

	static Optional<Result> read(Path directory, String scenario) {
		Path file = file(directory, scenario);
		return Files.exists(file) ? Optional.of(MAPPER.readValue(file, Result.class)) : Optional.empty();
	}

	private static Path file(Path directory, String scenario) {
		return directory.resolve(scenario + ".json");
	}

}
