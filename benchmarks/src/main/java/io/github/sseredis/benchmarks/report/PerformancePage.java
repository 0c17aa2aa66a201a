package io.github.sseredis.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page that shows the results. What stands between {@code <!-- begin NAME -->} and
 * {@code <!-- end -->} is written from the result of that name, with charts beside the
 * page; {@code machine}, {@code aims} and {@code inner-parts} from others; everything
 * else is written by hand and left alone.
 */
public final class PerformancePage {

	private static final Pattern BLOCK = Pattern.compile("<!-- begin ([\\w-]+) -->\\n.*?<!-- end -->", Pattern.DOTALL);

	private static final String MACHINE = "machine";

	private static final String AIMS = "aims";

	private static final String INNER = "inner-parts";

	private final Path page;

	private final Path results;

	private PerformancePage(Path page, Path results) {
		this.page = page;
		this.results = results;
	}

	public static void write(Path page, Path results) throws IOException {
		new PerformancePage(page, results).write();
	}

	private void write() throws IOException {
		if (!Files.exists(this.page)) {
			return;
		}
		String text = Files.readString(this.page, StandardCharsets.UTF_8);
		StringBuilder written = new StringBuilder();
		Matcher blocks = BLOCK.matcher(text);
		while (blocks.find()) {
			blocks.appendReplacement(written, Matcher.quoteReplacement(block(blocks.toMatchResult())));
		}
		blocks.appendTail(written);
		Files.writeString(this.page, written, StandardCharsets.UTF_8);
	}

	private String block(MatchResult old) throws IOException {
		String name = old.group(1);
		if (name.equals(AIMS)) {
			return "<!-- begin " + name + " -->\n" + new Aims(this.results).table() + "<!-- end -->";
		}
		if (name.equals(INNER)) {
			Path file = this.results.resolve("jmh.json");
			return Files.exists(file) ? "<!-- begin " + name + " -->\n" + InnerParts.table(file) + "<!-- end -->"
					: old.group();
		}
		String source = name.equals(MACHINE) ? "fan-out-1000" : name;
		Result result = Result.read(this.results, source).orElse(null);
		if (result == null) {
			return old.group();
		}
		String content = name.equals(MACHINE) ? Tables.machine(result) : content(result);
		return "<!-- begin " + name + " -->\n" + content + "<!-- end -->";
	}

	private String content(Result result) throws IOException {
		String text = "`" + result.command() + "`, " + result.date() + ", load average before "
				+ Numbers.format(result.loadBefore()) + "\n\n";
		List<String> subjects = result.rows().stream().map(Row::subject).distinct().toList();
		if (!result.rows().get(0).values().containsKey(LadderSummary.DELIVERIES)) {
			return text + Tables.full(result.rows())
					+ (result.scenario().equals("unit-costs") ? "\n" + Scale.table(result) : "");
		}
		List<LadderSummary> ladders = subjects.stream()
			.map((subject) -> LadderSummary.of(subject, result.rows()))
			.toList();
		Path chart = Path.of("performance", result.scenario() + ".svg");
		Path file = this.page.resolveSibling(chart);
		Files.createDirectories(file.getParent());
		Files.writeString(file, Chart.of(result.scenario(), ladders), StandardCharsets.UTF_8);
		return text + Tables.ladder(ladders) + "\n![" + result.scenario() + "](" + chart + ")\n";
	}

}
