package io.github.sseredis.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That JavaScript in README and docs is JavaScript, by Node.js; {@link ScriptsIT} and
 * others run it.
 */
@Tag("full")
class JavaScriptBlocksIT {

	@TempDir
	static Path directory;

	static Stream<CodeBlock> blocks() {
		return Page.blocksIn("js");
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void blockParses(CodeBlock block) throws IOException, InterruptedException {
		Path file = Files.writeString(directory.resolve("block.mjs"), block.text());
		Process process = new ProcessBuilder("node", "--check", file.toString()).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
	}

}
