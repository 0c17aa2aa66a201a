package io.github.sseredis.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a page tells to type into a shell in this project. */
final class ShellCommands {

	private static final Set<String> GOALS = Set.of("verify", "package", "test", "clean", "install", "deploy",
			"spring-javaformat:apply");

	/** How the jar of a module is run. */
	private static final Pattern JAR = Pattern.compile("java -jar ([\\w-]+)/target/\\1-"
			+ Pattern.quote(System.getProperty("sse.docs.version")) + "\\.jar( --server\\.port=[0-9]+)?");

	private final MavenModel maven = new MavenModel();

	private final Set<String> tests = testClasses();

	/** What is wrong with the commands of a block. */
	List<String> problems(CodeBlock block) {
		List<String> problems = new ArrayList<>();
		for (String line : block.text().replace("\\\n", " ").lines().toList()) {
			String command = line.replaceFirst("(^|\\s)#.*", "").strip();
			if (!command.isEmpty()) {
				problems.addAll(problems(command));
			}
		}
		return problems;
	}

	/** What is wrong with a command. */
	List<String> problems(String command) {
		Matcher jar = JAR.matcher(command);
		if (jar.matches()) {
			return this.maven.hasModule(jar.group(1)) ? List.of() : List.of("no module " + jar.group(1));
		}
		List<String> words = Arrays.asList(command.split("\\s+"));
		if (!words.get(0).equals("mvn")) {
			return List.of("not known, so not checked: " + command);
		}
		List<String> problems = new ArrayList<>();
		for (int i = 1; i < words.size(); i++) {
			String word = words.get(i);
			if (word.equals("-pl")) {
				i++;
				Stream.of(words.get(i).split(","))
					.filter((module) -> !this.maven.hasModule(module))
					.forEach(problems::add);
			}
			else if (!isKnown(word)) {
				problems.add(word);
			}
		}
		return problems;
	}

	private boolean isKnown(String word) {
		if (word.startsWith("-P")) {
			return Stream.of(word.substring(2).split(",")).allMatch(this.maven::hasProfile);
		}
		if (word.startsWith("-Dtest=") || word.startsWith("-Dit.test=")) {
			return Stream.of(word.substring(word.indexOf('=') + 1).split(","))
				.allMatch((test) -> test.equals("NONE") || this.tests.contains(test));
		}
		return word.startsWith("-D") || Set.of("-q", "-am", "-B").contains(word) || GOALS.contains(word);
	}

	boolean hasTest(String name) {
		return this.tests.contains(name);
	}

	private static Set<String> testClasses() {
		try (Stream<Path> files = Files.walk(Page.ROOT)) {
			return files.map(Page.ROOT::relativize)
				.map(Path::toString)
				.filter((path) -> path.matches(".*src/test/(java|kotlin)/.*\\.(java|kt)"))
				.map((path) -> path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.')))
				.collect(Collectors.toSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
