package io.github.sseredis.benchmarks.subject;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What all servers have in common.
 *
 * @param heap the largest heap of a server, as {@code -Xmx} takes it
 * @param options other options of their JVMs
 * @param logs the directory for what processes write
 */
public record Setup(String heap, List<String> options, Path logs) {

	public static Setup fromSystemProperties() {
		String options = System.getProperty("server.options", "").trim();
		return new Setup(System.getProperty("heap", "2g"),
				options.isEmpty() ? List.of() : List.of(options.split(" +", -1)),
				Path.of(System.getProperty("logs", "target/logs")));
	}

	/** The same with one more option of the JVMs. */
	public Setup with(String option) {
		return new Setup(this.heap, Stream.concat(this.options.stream(), Stream.of(option)).toList(), this.logs);
	}

	/** The command that runs one of the benchmark's programs. */
	List<String> java(String classPath, String program, String... arguments) {
		List<String> command = new ArrayList<>(List.of(ChildProcess.java(), "-Xmx" + this.heap));
		if (Runtime.version().feature() >= 24) {
			command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
		}
		command.addAll(this.options);
		command.addAll(List.of("-cp", classPath, "io.github.sseredis.benchmarks.server." + program));
		command.addAll(Arrays.asList(arguments));
		return command;
	}

}
