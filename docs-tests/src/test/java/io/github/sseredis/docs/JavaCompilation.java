package io.github.sseredis.docs;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

import com.sun.source.util.JavacTask;

/** Compiles sources in memory against the class path of the tests. */
final class JavaCompilation {

	private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

	private static final List<String> OPTIONS = List.of("-parameters", "-proc:none", "--release", "17");

	private JavaCompilation() {
	}

	/** Whether a source is a compilation unit, whatever its names mean. */
	static boolean parses(String source) {
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		JavacTask task = (JavacTask) COMPILER.getTask(null, null, diagnostics, OPTIONS, null,
				List.of(new Source("Parsed.java", source)));
		try {
			task.parse();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return errors(diagnostics).isEmpty();
	}

	/**
	 * Compiles sources into a directory.
	 * @param sources the sources by the paths of their files
	 * @param additional directories with classes, beside the class path
	 * @return what is wrong, each line with the path of its file
	 */
	static List<String> compile(Map<String, String> sources, Path classes, Path... additional) {
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		try (StandardJavaFileManager files = COMPILER.getStandardFileManager(diagnostics, Locale.ROOT,
				StandardCharsets.UTF_8)) {
			files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(Files.createDirectories(classes)));
			List<Path> classPath = new ArrayList<>(List.of(additional));
			classPath.addAll(classPath());
			files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
			COMPILER.getTask(null, files, diagnostics, OPTIONS, null,
					sources.entrySet().stream().map((entry) -> new Source(entry.getKey(), entry.getValue())).toList())
				.call();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return errors(diagnostics);
	}

	/** The class path of the tests, which Surefire hides in the manifest of a jar. */
	static List<Path> classPath() {
		String paths = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return Stream.of(paths.split(File.pathSeparator)).map(Path::of).filter(Files::exists).toList();
	}

	private static List<String> errors(DiagnosticCollector<JavaFileObject> diagnostics) {
		return diagnostics.getDiagnostics()
			.stream()
			.filter((diagnostic) -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
			.map(JavaCompilation::text)
			.toList();
	}

	private static String text(Diagnostic<? extends JavaFileObject> diagnostic) {
		JavaFileObject source = diagnostic.getSource();
		return ((source != null) ? source.getName() : "") + ": " + diagnostic.getMessage(Locale.ROOT) + " in line "
				+ diagnostic.getLineNumber();
	}

	/** A source that is in memory. */
	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String file, String text) {
			super(URI.create("string:///" + file), Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
