package io.github.sseredis.benchmarks.inner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import io.github.sseredis.benchmarks.report.InnerParts;

import org.openjdk.jmh.Main;

/**
 * Runs JMH and keeps what the page shows of its results. Arguments: the file that JMH is
 * told to write, the one to keep, and those of JMH.
 */
final class InnerBenchmarks {

	private InnerBenchmarks() {
	}

	public static void main(String[] args) throws IOException {
		Path written = Path.of(args[0]);
		Files.deleteIfExists(written);
		Main.main(Arrays.copyOfRange(args, 2, args.length));
		// Not with other arguments, as for one benchmark without a file.
		if (Files.exists(written)) {
			InnerParts.keep(written, Path.of(args[1]));
		}
	}

}
