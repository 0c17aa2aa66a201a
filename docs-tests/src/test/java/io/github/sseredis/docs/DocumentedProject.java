package io.github.sseredis.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An application that a page shows file by file, built as the page shows it.
 *
 * @param classes what a class loader finds: classes and resources
 */
record DocumentedProject(Path classes) {

	private static final String MAIN = "src/main/";

	/**
	 * Builds the application.
	 * @param page where its files are
	 * @param prefix with what their names begin
	 * @param additions sources that the page leaves out, by the paths of their files
	 * @param directory where to build
	 */
	static DocumentedProject build(Page page, String prefix, Map<String, String> additions, Path directory) {
		Map<String, String> files = new TreeMap<>(additions);
		for (CodeBlock block : page.blocks()) {
			String file = block.file();
			if (file != null && file.startsWith(prefix)) {
				files.put(file.substring(prefix.length()), block.text());
			}
		}
		files.replaceAll((file, text) -> whole(file, text, prefix));
		Path classes = directory.resolve("classes");
		DocumentedProject project = new DocumentedProject(classes);
		Map<String, String> kotlin = ending(files, ".kt");
		Map<String, String> java = ending(files, ".java");
		project.require(KotlinCompilation.compile(kotlin, java, directory.resolve("sources"), classes));
		project.require(JavaCompilation.compile(java, classes, classes));
		files.forEach(project::copyResource);
		return project;
	}

	/**
	 * A source without a package is in one that is called as its directory, and has the
	 * usual imports.
	 */
	private static String whole(String file, String text, String prefix) {
		if (!file.endsWith(".java") && !file.endsWith(".kt") || text.startsWith("package ")) {
			return text;
		}
		String name = prefix.substring(0, prefix.length() - 1).replace('/', '.');
		return file.endsWith(".java") ? "package " + name + ";\n" + Imports.java() + text
				: "package " + name + "\n" + Imports.kotlin() + text;
	}

	private static Map<String, String> ending(Map<String, String> files, String extension) {
		return files.entrySet()
			.stream()
			.filter((file) -> file.getKey().endsWith(extension))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, TreeMap::new));
	}

	private void require(List<String> problems) {
		if (!problems.isEmpty()) {
			throw new AssertionError(String.join("\n", problems));
		}
	}

	private void copyResource(String file, String text) {
		String resources = MAIN + "resources/";
		if (file.startsWith(resources)) {
			Path target = this.classes.resolve(file.substring(resources.length()));
			try {
				Files.createDirectories(Objects.requireNonNull(target.getParent()));
				Files.writeString(target, text);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	/** A loader of the application, in front of the class path of the tests. */
	ClassLoader loader() {
		try {
			return new URLClassLoader(new URL[] { this.classes.toUri().toURL() }, getClass().getClassLoader());
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The names of its classes. */
	List<String> classNames() {
		try (Stream<Path> files = Files.walk(this.classes)) {
			return files.map(this.classes::relativize)
				.map(Path::toString)
				.filter((path) -> path.endsWith(".class"))
				.map((path) -> path.substring(0, path.length() - ".class".length()).replace('/', '.'))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
