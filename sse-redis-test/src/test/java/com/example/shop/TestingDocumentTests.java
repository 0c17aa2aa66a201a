package com.example.shop;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What docs/testing.md shows is what is compiled and run here, with the shop of
 * docs/getting-started.md.
 */
class TestingDocumentTests {

	private static final Path SOURCES = Path.of("src/test/java/com/example/shop");

	private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern FILE = Pattern
		.compile("<!-- file: src/main/java/com/example/shop/(\\w+\\.java) -->\n```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern METHOD = Pattern.compile("`([a-z]\\w+)[(`]");

	private static final Pattern NAME = Pattern.compile("^(?:class|record) (\\w+)", Pattern.MULTILINE);

	@Test
	void showsTheTestsOfThisPackage() throws IOException {
		List<String> blocks = BLOCK.matcher(Files.readString(Path.of("../docs/testing.md")))
			.results()
			.map((block) -> block.group(1))
			.toList();
		assertThat(blocks).hasSize(4).allSatisfy((block) -> assertThat(block).isEqualTo(source(block)));
	}

	@Test
	void testsAreOfTheShopOfGettingStarted() throws IOException {
		List<MatchResult> files = FILE.matcher(Files.readString(Path.of("../docs/getting-started.md")))
			.results()
			.toList();
		assertThat(files).hasSize(3);
		for (MatchResult file : files) {
			assertThat(file.group(2)).isEqualTo(Files.readString(SOURCES.resolve(file.group(1))));
		}
	}

	@ParameterizedTest
	@CsvSource({ "SseClient.to(uri), io.github.sseredis.test.SseClient$Builder",
			"assertThat(client), io.github.sseredis.test.SseClientAssert",
			"client, io.github.sseredis.test.SseClient" })
	void methodsInTheTableAreThoseThatThereAre(String row, Class<?> type) throws IOException {
		String cells = Files.readString(Path.of("../docs/testing.md"))
			.lines()
			.filter((line) -> line.startsWith("| `" + row + "` | "))
			.map((line) -> line.substring(row.length() + 6).replace("(for `https`", ""))
			.findFirst()
			.orElseThrow();
		List<String> methods = METHOD.matcher(cells).results().map((code) -> code.group(1)).toList();
		assertThat(methods).hasSizeGreaterThan(5)
			.isSubsetOf(Arrays.stream(type.getMethods()).map(Method::getName).toList());
	}

	private static String source(String block) throws IOException {
		String name = NAME.matcher(block).results().map((found) -> found.group(1)).findFirst().orElseThrow();
		String source = Files.readString(SOURCES.resolve(name + ".java"));
		return source.substring(source.indexOf("import "));
	}

}
