package io.github.sseredis.push;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests for {@link NullStrict}, through expressions for topics. */
class NullStrictTests {

	private static final Method METHOD = ClassUtils.getMethod(NullStrictTests.class, "method", (Class<?>[]) null);

	@ParameterizedTest
	@ValueSource(strings = { "'user:' + #none", "#none + ':user'", "'a' + ('b' + #none)", "#none", "#order.owner",
			"'user:' + #order.owner", "'user:' + #order?.owner", "'user:' + #order.owner?.length()", "'u:' + #empty",
			"#empty", "'user:' + #map['absent']", "'user:' + #map[absent]", "#map['user:' + #none]",
			"T(String).valueOf(#none)", "T(String).format('user:%s', #none)", "T(String).format('user:%s', #empty)",
			"T(String).join(':', 'user', #none)", "T(String).join(':', #list)", "'user:'.concat(#none)",
			"('user:' + #none).toLowerCase()", "{'user:' + #none, 'b'}", "{'a', #none}", "{'a', null}", "#list",
			"#list.!['user:' + #this]", "#list.![#this]", "{1}.!['user:' + #none]", "{#order}.!['user:' + owner]",
			"#list.![T(String).valueOf(#this)]", "true ? 'user:' + #none : 'x'", "'x' + (true ? #none : 'y')",
			"'x' + (#none ?: #order.owner)", "#none ?: 'user:' + #order.owner", "'user:' + #wrapper",
			"'user:' + #result", "'user:' + null", "'u' + #list", "'u' + {1, 2}", "'u' + #map",
			"{a: 'user:' + #none}['a']", "('user:' + #none) * 1", "'user:' + #none + ':' + #none", "+#none",
			"'a' + -#none" })
	void failsWhenNullWouldBecomePartOfTopic(String expression) {
		assertThatThrownBy(() -> evaluate(expression)).isInstanceOfAny(PushFailedException.class,
				IllegalArgumentException.class);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			'mart:' + #order.id             | mart:7
			'a' + 1 + 2                     | a12
			'a' + (1 + 2)                   | a3
			'user:' + (#none ?: 'anonymous') | user:anonymous
			#none == null ? 'all' : #none   | all
			#order.owner != null ? 'user:' + #order.owner : {} | []
			#none?.length() ?: 'none'       | none
			'user:' + #present              | user:p
			#present                        | p
			#list.?[#this != null].!['user:' + #this] | [user:a]
			{#order, #order}.!['m' + id]     | [m7, m7]
			#map['k']                       | v
			#map[k]                         | v
			{a: 'b'}['a']                   | b
			T(String).format('mart:%d', #order.id) | mart:7
			('A' + #order.id).toLowerCase() | a7
			'mart:' + #order.id * 2         | mart:14
			'n:' + #order.name              | n:null
			#order.id > 5 and #none == null ? 'big' : 'small' | big
			'x'                             | x
			""")
	void evaluatesAsSpelDoesWhenNoNullIsInvolved(String expression, String expected) {
		assertThat(evaluate(expression)).hasToString(expected);
	}

	@Test
	void namesWhatIsNull() {
		assertThatExceptionOfType(PushFailedException.class).isThrownBy(() -> evaluate("'user:' + #order.owner"))
			.withMessageContaining("topic = \"'user:' + #order.owner\": #order.owner is null");
	}

	@Test
	void suggestsProjectionWhenOperandIsCollection() {
		assertThatExceptionOfType(PushFailedException.class).isThrownBy(() -> evaluate("'user:' + {1}"))
			.withMessageContaining("{1}.!['...' + #this]");
	}

	private static Object evaluate(String expression) {
		PushVariables variables = new PushVariables(METHOD, true);
		PushExpression parsed = PushExpression.parseNullStrict(new PushAttribute(METHOD, "topic", expression),
				variables);
		Object[] arguments = { new Order(7, null, "null"), null, Optional.empty(), Optional.of("p"),
				Arrays.asList("a", null), Collections.singletonMap("k", "v"), new Wrapper(null) };
		PushContext context = new PushContext(PushContext.shared(null), variables, arguments, null);
		Object value = parsed.require(context);
		Topics.of(value);
		return value;
	}

	public String method(Order order, String none, Optional<String> empty, Optional<String> present, List<String> list,
			Map<String, String> map, Wrapper wrapper) {
		return "";
	}

	public record Order(int id, String owner, String name) {

	}

	public record Wrapper(Long id) {

		@Override
		public String toString() {
			return String.valueOf(this.id);
		}

	}

}
