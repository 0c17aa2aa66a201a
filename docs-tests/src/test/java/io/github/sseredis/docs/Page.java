package io.github.sseredis.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** A page in Markdown: its code blocks, and its text without them. */
final class Page {

	/** The directory of the project. */
	static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern FENCE = Pattern.compile("( *)(```+)([^`]*)");

	private static final Pattern HEADING = Pattern.compile("#+ +(.*?)\\s*");

	private final Path path;

	private final List<CodeBlock> blocks = new ArrayList<>();

	private final StringBuilder prose = new StringBuilder();

	private final Set<String> anchors = new HashSet<>();

	private Page(Path path) {
		this.path = path;
		parse(lines());
	}

	/** All pages. */
	static List<Page> all() {
		try (Stream<Path> documents = Files.walk(ROOT.resolve("docs")); Stream<Path> files = Files.list(ROOT)) {
			return Stream.concat(files, documents)
				.filter((path) -> path.toString().endsWith(".md"))
				.sorted()
				.map(Page::new)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** All pages, and what modules say of themselves. */
	static List<Page> allAndOfModules() {
		try (Stream<Path> modules = Files.list(ROOT)) {
			return Stream
				.concat(all().stream(),
						modules.filter((module) -> !module.endsWith("docs"))
							.map((module) -> module.resolve("README.md"))
							.filter(Files::exists)
							.map(Page::new))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Page of(String name) {
		return new Page(ROOT.resolve(name));
	}

	static Stream<CodeBlock> blocksIn(String language) {
		return all().stream()
			.flatMap((page) -> page.blocks().stream())
			.filter((block) -> block.language().equals(language));
	}

	String name() {
		return ROOT.relativize(this.path).toString();
	}

	Path path() {
		return this.path;
	}

	List<CodeBlock> blocks() {
		return this.blocks;
	}

	/** Everything outside of code blocks and comments. */
	String prose() {
		return this.prose.toString();
	}

	/** What a link to this page may have after the {@code #}. */
	Set<String> anchors() {
		return this.anchors;
	}

	private List<String> lines() {
		try {
			return Files.readAllLines(this.path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void parse(List<String> lines) {
		Map<String, Integer> headings = new HashMap<>();
		String comment = null;
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i);
			if (FENCE.matcher(line).matches()) {
				int end = endOfBlock(lines, i);
				this.blocks.add(block(lines, i, end, comment));
				i = end;
				comment = null;
			}
			else if (line.startsWith("<!--")) {
				int end = i;
				while (!lines.get(end).endsWith("-->")) {
					end++;
				}
				String whole = String.join("\n", lines.subList(i, end + 1));
				comment = whole.substring(4, whole.length() - 3).strip();
				i = end;
			}
			else {
				comment = null;
				this.prose.append(line).append('\n');
				var heading = HEADING.matcher(line);
				if (heading.matches()) {
					String anchor = anchor(heading.group(1));
					int before = headings.merge(anchor, 1, Integer::sum) - 1;
					this.anchors.add((before == 0) ? anchor : anchor + "-" + before);
				}
			}
		}
	}

	private CodeBlock block(List<String> lines, int start, int end, @Nullable String comment) {
		var fence = FENCE.matcher(lines.get(start));
		fence.matches();
		int indent = fence.group(1).length();
		StringBuilder text = new StringBuilder();
		for (String line : lines.subList(start + 1, end)) {
			text.append(line.isBlank() ? "" : line.substring(indent)).append('\n');
		}
		return new CodeBlock(name(), start + 1, fence.group(3).strip(), comment, text.toString());
	}

	private int endOfBlock(List<String> lines, int start) {
		for (int i = start + 1; i < lines.size(); i++) {
			if (lines.get(i).strip().equals("```")) {
				return i;
			}
		}
		throw new IllegalStateException("No end of the block in line " + (start + 1) + " of " + name());
	}

	// As GitHub makes them.
	private static String anchor(String heading) {
		return heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
			.toLowerCase(Locale.ROOT)
			.replaceAll("[^\\p{L}\\p{N} _-]", "")
			.replace(' ', '-');
	}

	@Override
	public String toString() {
		return name();
	}

}
