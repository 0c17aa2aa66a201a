package io.github.sseredis.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** That links lead somewhere, and that there is a way to each page. */
class LinkTests {

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	@ParameterizedTest
	@MethodSource("pages")
	void relativeLinksLeadToFilesAndHeadings(Page page) {
		List<String> broken = new ArrayList<>();
		for (String link : links(page)) {
			String[] parts = link.split("#", 2);
			Path target = parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
			boolean there = target.startsWith(Page.ROOT) && Files.exists(target);
			if (!there || (parts.length == 2
					&& !Page.of(Page.ROOT.relativize(target).toString()).anchors().contains(parts[1]))) {
				broken.add(link);
			}
		}
		assertThat(broken).isEmpty();
	}

	@Test
	void guideLinksToEveryPageInDocs() {
		Page guide = Page.of("docs/README.md");
		List<String> linked = links(guide).stream()
			.map((link) -> guide.path().resolveSibling(link.split("#", 2)[0]).normalize().toString())
			.toList();
		assertThat(linked).containsAll(pages().stream()
			.filter((page) -> page.path().getParent().equals(guide.path().getParent()))
			.filter((page) -> !page.name().equals(guide.name()))
			.map((page) -> page.path().toString())
			.toList());
	}

	static List<Page> pages() {
		return Page.allAndOfModules();
	}

	private static List<String> links(Page page) {
		Matcher matcher = LINK.matcher(page.prose());
		return matcher.results().map((result) -> result.group(1)).filter((link) -> !link.matches("[a-z]+:.*")).toList();
	}

}
