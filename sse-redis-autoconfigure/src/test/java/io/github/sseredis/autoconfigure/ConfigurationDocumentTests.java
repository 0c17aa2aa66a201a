package io.github.sseredis.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.sseredis.Broadcaster;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.health.contributor.HealthIndicator;

import static org.assertj.core.api.Assertions.assertThat;

/** That docs/configuration.md says what there is, all of it and nothing else. */
class ConfigurationDocumentTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern LOG_LINE = Pattern.compile(
			"(?:logger\\.(?:warn|error)\\(|new FailureLog\\(logger,)\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)");

	/** What a check at the start finds, as the first literal of what it returns. */
	private static final Pattern PROBLEM = Pattern
		.compile("(?:Optional\\s*\\.of\\(|return |-> )\\s*(\"(?:[^\"\\\\]|\\\\.){10,}\")");

	private static final Pattern CODE = Pattern.compile("`([^`]*)`");

	private static ObservedHost host;

	private static String document;

	@BeforeAll
	static void start() throws IOException {
		// No Redis is needed to see what there would be.
		host = ObservedHost.redis("localhost", 1, "nowhere:", "sse.limits.payload=10B", "sse.publish.timeout=10s");
		host.broadcaster().broadcast("a", "longer than ten bytes");
		document = Files.readString(ROOT.resolve("docs/configuration.md"));
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Test
	void propertiesAreThoseOfTheMetadataWithTheirDefaults() {
		Map<String, String> documented = new TreeMap<>();
		for (List<String> row : table("Properties")) {
			documented.put(code(row.get(0)), code(row.get(1)));
			assertThat(row.get(2)).as(row.get(0)).isNotBlank();
		}
		URI classes = URI.create(SseProperties.class.getProtectionDomain().getCodeSource().getLocation().toString());
		Map<String, String> metadata = new TreeMap<>();
		new JsonMapper().readTree(Path.of(classes).resolve("META-INF/spring-configuration-metadata.json").toFile())
			.get("properties")
			.forEach((property) -> metadata.put(property.get("name").asString(),
					property.path("defaultValue").asString("")));
		assertThat(documented).isEqualTo(metadata);
	}

	@Test
	void propertiesNamedInTheReadmeExistWithTheirDefaults() throws IOException {
		List<List<String>> documented = table("Properties");
		Map<String, String> defaults = documented.stream()
			.collect(Collectors.toMap((row) -> code(row.get(0)), (row) -> code(row.get(1))));
		String readme = Files.readString(ROOT.resolve("README.md"));
		Matcher row = Pattern.compile("(?m)^\\| `(sse\\.[a-z.-]+)` \\| (?:`([^`]*)`)? ?\\|").matcher(readme);
		int rows = 0;
		while (row.find()) {
			assertThat(defaults).containsKey(row.group(1));
			if (!row.group(1).equals("sse.channel-prefix")) {
				assertThat(row.group(2) != null ? row.group(2) : "").as(row.group(1))
					.isEqualTo(defaults.get(row.group(1)));
			}
			rows++;
		}
		assertThat(rows).isPositive();
	}

	@Test
	void metersAreThoseThatAreRegisteredWithTheirTags() {
		Map<String, Set<String>> documented = new TreeMap<>();
		for (List<String> row : table("Meters")) {
			documented.put(code(row.get(0)), new TreeSet<>(codes(row.get(3))));
			assertThat(row.get(1)).as(row.get(0)).isNotBlank();
			assertThat(row.get(2)).as(row.get(0)).isNotBlank();
			assertThat(row.get(4)).as(row.get(0)).isNotBlank();
		}
		Map<String, Set<String>> registered = new TreeMap<>();
		for (Meter meter : host.context().getBean(MeterRegistry.class).getMeters()) {
			if (meter.getId().getName().startsWith("sse.")) {
				Set<String> tags = registered.computeIfAbsent(meter.getId().getName(), (name) -> new TreeSet<>());
				meter.getId().getTags().stream().map(Tag::getKey).forEach(tags::add);
			}
		}
		assertThat(documented).isEqualTo(registered);
	}

	@Test
	void tagsHaveFewValues() {
		Map<String, Long> meters = host.context()
			.getBean(MeterRegistry.class)
			.getMeters()
			.stream()
			.map((meter) -> meter.getId().getName())
			.filter((name) -> name.startsWith("sse."))
			.collect(Collectors.groupingBy((name) -> name, Collectors.counting()));
		assertThat(meters.values()).allMatch((count) -> count <= 20);
	}

	@Test
	void requestsAreThoseOfTheEndpoint() {
		List<String> operations = host.context()
			.getBean(WebEndpointsSupplier.class)
			.getEndpoints()
			.stream()
			.filter((endpoint) -> endpoint.getEndpointId().toLowerCaseString().equals("sse"))
			.flatMap((endpoint) -> endpoint.getOperations().stream())
			.map((operation) -> operation.getRequestPredicate().getHttpMethod() + " /actuator/"
					+ operation.getRequestPredicate().getPath())
			.toList();
		assertThat(table("Actuator endpoint").stream().map((row) -> code(row.get(0))).toList())
			.containsExactlyInAnyOrderElementsOf(operations);
	}

	@Test
	void detailsAreThoseOfTheIndicator() {
		host.broadcaster().broadcast("a", "waits");
		HealthIndicator indicator = host.context().getBean("sseHealthIndicator", HealthIndicator.class);
		Set<String> documented = table("Health").stream().map((row) -> code(row.get(0))).collect(Collectors.toSet());
		org.awaitility.Awaitility.await()
			.untilAsserted(() -> assertThat(indicator.health().getDetails().keySet())
				.containsExactlyInAnyOrderElementsOf(documented));
	}

	@Test
	void logLinesAreThoseOfTheCode() throws IOException {
		List<String> lines = logLines();
		List<String> documented = table("Log lines").stream().map((row) -> code(row.get(0))).toList();
		assertThat(lines).hasSizeGreaterThan(20)
			.allSatisfy((line) -> assertThat(documented).as("a row in docs/configuration.md for: " + line)
				.anyMatch(line::startsWith));
		assertThat(documented).allSatisfy((row) -> assertThat(lines).as("a line of the code for: " + row)
			.anyMatch((line) -> line.startsWith(row)));
	}

	private static List<String> logLines() throws IOException {
		List<String> lines = new ArrayList<>();
		for (String module : List.of("sse-redis-core", "sse-redis-autoconfigure")) {
			try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
				for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
					String source = Files.readString(file);
					LOG_LINE.matcher(source).results().map((call) -> text(call.group(1))).forEach(lines::add);
					if (file.toString().endsWith("Check.java")) {
						PROBLEM.matcher(source).results().map((found) -> text(found.group(1))).forEach(lines::add);
					}
				}
			}
		}
		// How every other line of a FailureLog begins.
		lines.remove("{}. {}");
		return lines;
	}

	/** Joins the literals of an expression. */
	private static String text(String literals) {
		return Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"")
			.matcher(literals)
			.results()
			.map((literal) -> literal.group(1))
			.collect(Collectors.joining());
	}

	/** The cells of a section's table. */
	private static List<List<String>> table(String section) {
		int start = document.indexOf("\n## " + section + "\n");
		assertThat(start).as(section).isNotNegative();
		int end = document.indexOf("\n## ", start + 1);
		return document.substring(start, (end < 0) ? document.length() : end)
			.lines()
			.filter((line) -> line.startsWith("| `"))
			.map((line) -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
				.map(String::strip)
				.toList())
			.toList();
	}

	private static String code(String cell) {
		List<String> codes = codes(cell);
		return codes.isEmpty() ? "" : codes.get(0);
	}

	private static List<String> codes(String cell) {
		return CODE.matcher(cell).results().map((result) -> result.group(1)).toList();
	}

}
