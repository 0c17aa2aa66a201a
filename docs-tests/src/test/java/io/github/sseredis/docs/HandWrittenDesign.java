package io.github.sseredis.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The applications of docs/migrating.md, with what the page leaves out. */
final class HandWrittenDesign {

	private static final Page PAGE = Page.of("docs/migrating.md");

	private static final Map<String, DocumentedProject> BUILT = new ConcurrentHashMap<>();

	private HandWrittenDesign() {
	}

	/**
	 * Builds one, unless that was done.
	 * @param side {@code before} or {@code after}
	 */
	static DocumentedProject build(String design, String side) {
		return BUILT.computeIfAbsent(design + "/" + side + "/", (prefix) -> {
			Map<String, String> additions = new TreeMap<>();
			addResources(additions, "/migrating");
			addResources(additions, "/migrating/" + design);
			return DocumentedProject.build(PAGE, prefix, additions, directory());
		});
	}

	private static Path directory() {
		try {
			return Files.createTempDirectory(Files.createDirectories(Path.of("target", "documented")), "build");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** How to start one; those of a design share a database. */
	static Host.Builder host(String design, String side) {
		Host.Builder builder = Host.of(build(design, side), design + "." + side + ".Application")
			.withoutSecurity()
			.with("spring.application.name=" + design, "spring.jpa.hibernate.ddl-auto=update",
					"spring.datasource.url=jdbc:h2:mem:" + design + side + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE");
		settings(design, side).forEach((key, value) -> builder.with(key + "=" + value));
		return builder;
	}

	/** What the page sets in the section of a design. */
	private static Map<String, String> settings(String design, String side) {
		Map<String, String> settings = new TreeMap<>();
		boolean here = false;
		for (CodeBlock block : PAGE.blocks()) {
			String file = block.file();
			here = (file != null) ? file.startsWith(design + "/" + side + "/") : here;
			if (here && block.language().equals("yaml")) {
				settings.putAll(KnownProperties.yaml(block.text()));
			}
		}
		return settings;
	}

	private static void addResources(Map<String, String> additions, String name) {
		URL url = Objects.requireNonNull(HandWrittenDesign.class.getResource(name));
		try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				additions.put(file.getFileName().toString(), Files.readString(file));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
