package io.github.sseredis.docs;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.sseredis.EmitterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/compatibility.md says, as far as it can be read off code and build. */
class CompatibilityPageTests {

	private static final String PACKAGE = EmitterRegistry.class.getPackageName();

	private static final Page PAGE = Page.of("docs/compatibility.md");

	@Test
	void testsThatAreNamedExist() {
		ShellCommands shell = new ShellCommands();
		List<String> named = codes(PAGE.prose(), "[A-Z][A-Za-z0-9]*(?:IT|Tests|Contract)");
		assertThat(named).hasSizeGreaterThan(15).allMatch(shell::hasTest);
	}

	@Test
	void versionsAreThoseOfTheBuild() throws IOException {
		String pom = Files.readString(Page.ROOT.resolve("pom.xml"));
		String ci = Files.readString(Page.ROOT.resolve(".ci/run"));
		assertThat(pom).contains("<maven.compiler.release>17<")
			.contains("<spring-boot.version>" + System.getProperty("sse.docs.spring-boot.version") + "<");
		assertThat(row("Java")).contains("17 (the contract), 25 (everything)");
		assertThat(row("Spring Boot")).contains(System.getProperty("sse.docs.spring-boot.version") + " (everything)");
		assertThat(ci).contains("jdk 17").contains("jdk 25");
		Matcher older = Pattern.compile("-Dspring-boot.version=(\\S+)").matcher(ci);
		assertThat(older.find()).isTrue();
		assertThat(row("Spring Boot")).contains(older.group(1) + " (the contract)");
		assertThat(row("Redis")).contains("6.2 and 7.0");
	}

	@Test
	void formatsAreThoseOfTheCode() throws IOException {
		assertThat(row("keys in Redis")).contains("| " + constant("RedisLayout", "FORMAT") + " |");
		assertThat(row("messages of the channel")).contains("| " + constant("LiveMessage", "VERSION") + " |");
	}

	@Test
	void apiUsesNothingOfOursThatIsNotApi() throws ClassNotFoundException {
		List<Class<?>> api = new ArrayList<>();
		for (String name : api()) {
			api.add(Class.forName(PACKAGE + "." + name));
		}
		assertThat(api).hasSize(15).allMatch((type) -> Modifier.isPublic(type.getModifiers()));
		Set<Class<?>> used = api.stream()
			.flatMap((type) -> Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses())))
			.flatMap((type) -> Stream.<Executable>concat(Arrays.stream(type.getDeclaredMethods()),
					Arrays.stream(type.getDeclaredConstructors())))
			.filter((member) -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
			.flatMap((member) -> Stream.concat(Arrays.stream(member.getParameterTypes()),
					(member instanceof Method method) ? Stream.of(method.getReturnType()) : Stream.empty()))
			.map((type) -> type.isArray() ? type.getComponentType() : type)
			.filter((type) -> type.getName().startsWith(PACKAGE))
			.map((type) -> (type.getDeclaringClass() != null) ? type.getDeclaringClass() : type)
			.collect(Collectors.toSet());
		assertThat(api).containsAll(used);
	}

	@Test
	void apiIsWhatIsComparedWithAReleaseBeforeTheNext() throws IOException {
		String pom = Files.readString(Page.ROOT.resolve("pom.xml"));
		assertThat(Pattern.compile("<include>" + Pattern.quote(PACKAGE) + "\\.([A-Z]\\w+)</include>")
			.matcher(pom)
			.results()
			.map((include) -> include.group(1))).containsExactlyInAnyOrderElementsOf(api());
	}

	private static List<String> api() {
		String prose = PAGE.prose();
		String item = prose.substring(prose.indexOf("- **Java**"), prose.indexOf("- **Beans**"));
		return codes(item, "[A-Z][A-Za-z]*");
	}

	private static String constant(String type, String name) throws IOException {
		String source = Files
			.readString(Page.ROOT.resolve("sse-redis-core/src/main/java/io/github/sseredis/redis/" + type + ".java"));
		Matcher matcher = Pattern.compile(" String " + name + " = \"([^\"]*)\"").matcher(source);
		assertThat(matcher.find()).as(type + "." + name).isTrue();
		return matcher.group(1);
	}

	private static String row(String name) {
		return PAGE.prose().lines().filter((line) -> line.startsWith("| " + name + " |")).findFirst().orElseThrow();
	}

	private static List<String> codes(String text, String pattern) {
		return Pattern.compile("`(" + pattern + ")`").matcher(text).results().map((result) -> result.group(1)).toList();
	}

}
