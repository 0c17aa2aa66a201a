package io.github.sseredis.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;

/**
 * Compiles Kotlin as Spring's plugin for Maven and Gradle does, {@code kotlin-spring}.
 */
final class KotlinCompilation {

	private KotlinCompilation() {
	}

	/**
	 * Compiles sources into a directory.
	 * @param java what they may refer to, compiled afterwards
	 * @param sources where to put the files
	 * @return what is wrong
	 */
	static List<String> compile(Map<String, String> kotlin, Map<String, String> java, Path sources, Path classes) {
		if (kotlin.isEmpty()) {
			return List.of();
		}
		kotlin.forEach((file, text) -> write(sources.resolve(file), text));
		java.forEach((file, text) -> write(sources.resolve(file), text));
		String classPath = JavaCompilation.classPath().stream().map(Path::toString).collect(Collectors.joining(":"));
		String allOpen = JavaCompilation.classPath()
			.stream()
			.map(Path::toString)
			.filter((path) -> path.contains("kotlin-allopen"))
			.findFirst()
			.orElseThrow();
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		ExitCode code = new K2JVMCompiler().exec(new PrintStream(output, true, StandardCharsets.UTF_8), "-no-stdlib",
				"-no-reflect", "-java-parameters", "-jvm-target", "17", "-Werror", "-classpath", classPath,
				"-Xplugin=" + allOpen, "-P", "plugin:org.jetbrains.kotlin.allopen:preset=spring", "-d",
				classes.toString(), sources.toString());
		return (code == ExitCode.OK) ? List.of() : List.of(output.toString(StandardCharsets.UTF_8));
	}

	private static void write(Path file, String text) {
		try {
			Files.createDirectories(Objects.requireNonNull(file.getParent()));
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
