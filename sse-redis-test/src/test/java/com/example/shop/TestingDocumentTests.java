package com.example.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/testing.md shows is what is compiled and run here. */
class TestingDocumentTests {

	private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern NAME = Pattern.compile("^(?:class|record) (\\w+)", Pattern.MULTILINE);

	@Test
	void showsTheTestsOfThisPackage() throws IOException {
		List<String> blocks = BLOCK.matcher(Files.readString(Path.of("../docs/testing.md")))
			.results()
			.map((block) -> block.group(1))
			.toList();
		assertThat(blocks).hasSize(4).allSatisfy((block) -> assertThat(block).isEqualTo(source(block)));
	}

	private static String source(String block) throws IOException {
		String name = NAME.matcher(block).results().map((found) -> found.group(1)).findFirst().orElseThrow();
		String source = Files.readString(Path.of("src/test/java/com/example/shop", name + ".java"));
		return source.substring(source.indexOf("import "));
	}

}
