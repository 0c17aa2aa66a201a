package io.github.sseredis.autoconfigure;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.ReflectionHintsPredicates;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

class SseRuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	@BeforeEach
	void register() {
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter(SseRuntimeHints.class::isInstance)
			.forEach((registrar) -> registrar.registerHints(this.hints, getClass().getClassLoader()));
	}

	@Test
	void everyScriptIsThere() throws IOException {
		Resource[] scripts = new PathMatchingResourcePatternResolver()
			.getResources("classpath:io/github/sseredis/redis/*.lua");
		assertThat(scripts).hasSizeGreaterThan(3)
			.allSatisfy((script) -> assertThat(
					RuntimeHintsPredicates.resource().forResource("io/github/sseredis/redis/" + script.getFilename()))
				.accepts(this.hints));
	}

	@Test
	void clientScriptIsThere() {
		assertThat(RuntimeHintsPredicates.resource().forResource(ClientScriptEndpoint.RESOURCE)).accepts(this.hints);
	}

	@Test
	void theProtocolThatTomcatCreatesByItsNameIsThere() throws NoSuchMethodException {
		assertThat(RuntimeHintsPredicates.reflection()
			.onConstructorInvocation(SmallBuffersProtocol.class.getConstructor())).accepts(this.hints);
	}

	@Test
	void everythingThatIsLookedUpInTomcatIsThere() throws IOException, ClassNotFoundException {
		List<Object> members = new ArrayList<>();
		for (Resource type : new PathMatchingResourcePatternResolver()
			.getResources("classpath:io/github/sseredis/web/Tomcat*.class")) {
			members.addAll(membersOf(
					Class.forName("io.github.sseredis.web." + type.getFilename().replaceFirst("\\.class$", ""))));
		}
		assertThat(members).hasSizeGreaterThanOrEqualTo(13).allSatisfy((member) -> {
			ReflectionHintsPredicates reflection = RuntimeHintsPredicates.reflection();
			if (member instanceof Field field) {
				assertThat(reflection.onFieldAccess(field)).as("%s", field).accepts(this.hints);
			}
			else {
				assertThat(reflection.onMethodInvocation((Method) member)).as("%s", member).accepts(this.hints);
			}
		});
	}

	/** What a class looks up, which its constant has. */
	private static List<Object> membersOf(Class<?> type) {
		List<Field> fields = Arrays.stream(type.getDeclaredFields())
			.filter((field) -> field.getType() == Field.class || field.getType() == Method.class)
			.toList();
		if (fields.isEmpty()) {
			return List.of();
		}
		Object known = ReflectionTestUtils.getField(type, "KNOWN");
		assertThat(known).as("Tomcat as %s knows it", type).isNotNull();
		return fields.stream().map((field) -> ReflectionTestUtils.getField(known, field.getName())).toList();
	}

}
