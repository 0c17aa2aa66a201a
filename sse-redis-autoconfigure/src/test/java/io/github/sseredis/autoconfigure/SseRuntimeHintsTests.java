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
	void everythingThatIsLookedUpInTomcatIsThere() throws ClassNotFoundException {
		List<Object> members = new ArrayList<>(membersOf("io.github.sseredis.web.TomcatInternals", "KNOWN"));
		members.addAll(membersOf("io.github.sseredis.web.TomcatWriteAborter$Http2", "INTERNALS"));
		assertThat(members).hasSizeGreaterThanOrEqualTo(9).allSatisfy((member) -> {
			ReflectionHintsPredicates reflection = RuntimeHintsPredicates.reflection();
			if (member instanceof Field field) {
				assertThat(reflection.onFieldAccess(field)).as("%s", field).accepts(this.hints);
			}
			else {
				assertThat(reflection.onMethodInvocation((Method) member)).as("%s", member).accepts(this.hints);
			}
		});
	}

	private static List<Object> membersOf(String type, String singleton) throws ClassNotFoundException {
		Class<?> owner = Class.forName(type);
		Object internals = ReflectionTestUtils.getField(owner, singleton);
		assertThat(internals).as("Tomcat as it is known").isNotNull();
		return Arrays.stream(owner.getDeclaredFields())
			.filter((field) -> field.getType() == Field.class || field.getType() == Method.class)
			.map((field) -> ReflectionTestUtils.getField(internals, field.getName()))
			.toList();
	}

}
