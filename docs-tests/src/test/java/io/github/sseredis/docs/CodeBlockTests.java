package io.github.sseredis.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That every code block in README, docs and READMEs of modules means something: Java
 * compiles, properties are known and bind, coordinates, modules, profiles and tests
 * exist. Blocks of whole applications ({@code file:}) and those that another test checks
 * ({@code checked by:}) are marked in a comment before them.
 */
class CodeBlockTests {

	/** Languages, or languages on a page, that a test of their own checks. */
	private static final Map<String, String> CHECKED_ELSEWHERE = Map.of("js", "JavaScriptBlocksIT",
			"java in docs/testing.md", "TestingDocumentTests");

	private static final Pattern PROPERTY = Pattern.compile("`((?:sse|spring|server|management)\\.[a-z.-]+)=[^`]*`");

	private static final Pattern OUR_NAME = Pattern.compile("`(sse\\.[a-z-]+(?:\\.[a-z-]+)*)`");

	private static final Pattern METER = Pattern.compile("(?m)^\\| `(sse\\.[a-z.]+)` \\| (?:[a-z ,]+) \\|");

	private static final KnownProperties PROPERTIES = new KnownProperties();

	private static final MavenModel MAVEN = new MavenModel();

	private static final ShellCommands SHELL = new ShellCommands();

	private static final Map<CodeBlock, JavaFragment> FRAGMENTS = new HashMap<>();

	private static List<String> errors;

	@TempDir
	static Path classes;

	@BeforeAll
	static void compile() {
		Page.blocksIn("java")
			.filter((block) -> block.file() == null && checkedElsewhere(block) == null)
			.forEach((block) -> FRAGMENTS.put(block, new JavaFragment(block, "fragment" + FRAGMENTS.size())));
		errors = JavaCompilation.compile(JavaFragment.sources(FRAGMENTS.values().stream()), classes);
	}

	static Stream<CodeBlock> blocks() {
		return Page.allAndOfModules().stream().flatMap((page) -> page.blocks().stream());
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void blockIsTrue(CodeBlock block) {
		String test = (block.checkedBy() != null) ? block.checkedBy() : checkedElsewhere(block);
		if (test != null) {
			assertThat(SHELL.hasTest(test)).as("a test " + test).isTrue();
		}
		else if (block.file() == null) {
			assertThat(problems(block)).isEmpty();
		}
	}

	private static @Nullable String checkedElsewhere(CodeBlock block) {
		String test = CHECKED_ELSEWHERE.get(block.language());
		return (test != null) ? test : CHECKED_ELSEWHERE.get(block.language() + " in " + block.page());
	}

	private static List<String> problems(CodeBlock block) {
		return switch (block.language()) {
			case "java" -> errors.stream().filter((error) -> error.contains(FRAGMENTS.get(block).file())).toList();
			case "xml" -> MAVEN.problems(block.text());
			case "yaml" -> PROPERTIES.problems(KnownProperties.yaml(block.text()));
			case "properties" -> PROPERTIES.problems(KnownProperties.properties(block.text()));
			case "sh" -> SHELL.problems(block);
			default -> List.of("Nothing checks blocks in '" + block.language() + "'");
		};
	}

	@Test
	void filesOfApplicationsAreOnPagesWithATestThatBuildsThem() {
		Set<String> built = Set.of("docs/clients.md", "docs/getting-started.md", "docs/migrating.md");
		assertThat(blocks().filter((block) -> block.file() != null).map(CodeBlock::page).distinct()).isSubsetOf(built);
	}

	@ParameterizedTest
	@MethodSource("io.github.sseredis.docs.LinkTests#pages")
	void propertiesThatTheTextSetsAreKnown(Page page) {
		List<String> unknown = new ArrayList<>();
		PROPERTY.matcher(page.prose()).results().map((result) -> result.group(1)).forEach((name) -> {
			if (!PROPERTIES.contains(name)) {
				unknown.add(name);
			}
		});
		assertThat(unknown).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("io.github.sseredis.docs.LinkTests#pages")
	void namesThatBeginAsOursDoAreOfPropertiesOrMeters(Page page) {
		List<String> meters = METER.matcher(Page.of("docs/configuration.md").prose())
			.results()
			.map((row) -> row.group(1))
			.toList();
		assertThat(OUR_NAME.matcher(page.prose()).results().map((result) -> result.group(1)))
			.allMatch((name) -> PROPERTIES.contains(name) || meters.contains(name));
	}

	@ParameterizedTest
	@MethodSource("io.github.sseredis.docs.LinkTests#pages")
	void commandsInTheTextAreKnown(Page page) {
		assertThat(Pattern.compile("`(mvn [^`]*)`")
			.matcher(page.prose().replace("\n  ", " ").replace('\n', ' '))
			.results()
			.map((result) -> result.group(1))
			.flatMap((command) -> SHELL.problems(command).stream())).isEmpty();
	}

}
