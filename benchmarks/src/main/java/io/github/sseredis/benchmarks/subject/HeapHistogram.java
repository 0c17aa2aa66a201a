package io.github.sseredis.benchmarks.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The live objects of a JVM by class, as {@code jcmd GC.class_histogram} counts them
 * after a full collection.
 */
public final class HeapHistogram {

	private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

	private final Map<String, Long> bytes = new TreeMap<>();

	private HeapHistogram() {
	}

	static HeapHistogram of(long pid) {
		try {
			Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
			Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.class_histogram")
				.redirectErrorStream(true)
				.start();
			String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return parse(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static HeapHistogram parse(String text) {
		HeapHistogram histogram = new HeapHistogram();
		text.lines().map(LINE::matcher).filter(Matcher::matches).forEach((line) -> {
			String name = line.group(2);
			// Hidden classes of lambdas carry an address each.
			int hidden = name.indexOf("$$Lambda");
			histogram.bytes.merge(hidden < 0 ? name : name.substring(0, hidden) + "$$Lambda",
					Long.parseLong(line.group(1)), Long::sum);
		});
		return histogram;
	}

	/** The bytes of all objects of the classes that are meant. */
	public long bytes(Predicate<String> classes) {
		return this.bytes.entrySet()
			.stream()
			.filter((entry) -> classes.test(entry.getKey()))
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	public long totalBytes() {
		return bytes((name) -> true);
	}

	/** Bytes by class. */
	public Map<String, Long> byClass() {
		return this.bytes;
	}

}
