package io.github.sseredis.push;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.github.sseredis.SsePush;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Tests for what {@link SsePush} refuses when the application starts. */
class PushStartupTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource("mistakes")
	void refusesStartWhenMethodIsWrong(Class<?> bean, String method, String problem, String action) {
		assertRefused(refusal(bean), method, problem, action);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("mistakes")
	void refusesStartWhenBeanWithMistakeIsLazyOrPrototype(Class<?> bean, String method, String problem, String action) {
		assertRefused(catchThrowable(() -> PushConfiguration
			.start((context) -> context.registerBean(bean, (definition) -> definition.setLazyInit(true)))
			.close()), method, problem, action);
		assertRefused(catchThrowable(() -> PushConfiguration
			.start((context) -> context.registerBean(bean,
					(definition) -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE)))
			.close()), method, problem, action);
	}

	static Stream<Arguments> mistakes() {
		return Stream.of(
				Arguments.of(Mistakes.Syntax.class, "Syntax.push(int)", "topic = \"'a' +\" is no valid expression",
						"Correct"),
				Arguments.of(Mistakes.DataSyntax.class, "DataSyntax.push(int)", "data = \"#{x\" is no valid expression",
						"Correct"),
				Arguments.of(Mistakes.Unknown.class, "Unknown.push(int)", "names #idd, which is no parameter",
						"#p0, #a0, #id, #result"),
				Arguments.of(Mistakes.UnknownInCondition.class, "UnknownInCondition.push(int)",
						"condition = \"#x > 1\" names #x", "#id"),
				Arguments.of(Mistakes.UnknownInList.class, "UnknownInList.push(List)", "names #user", "#users"),
				Arguments.of(Mistakes.Position.class, "Position.push(int)", "names #p1, which is no parameter", "#p0"),
				Arguments.of(Mistakes.Root.class, "Root.push(int)", "names #root", "#p0"),
				Arguments.of(Mistakes.Unquoted.class, "Unquoted.push(int)", "reads 'orders', which belongs to nothing",
						"\"'orders'\""),
				Arguments.of(Mistakes.UnquotedCall.class, "UnquotedCall.push(int)", "reads 'topic()'", "quote"),
				Arguments.of(Mistakes.BeanName.class, "BeanName.push(int)", "names a bean", "static methods"),
				Arguments.of(Mistakes.Function.class, "Function.push(int)", "calls a function", "static methods"),
				Arguments.of(Mistakes.Assigning.class, "Assigning.push(int)", "assigns", "static methods"),
				Arguments.of(Mistakes.Creating.class, "Creating.push(int)", "creates an object", "static methods"),
				Arguments.of(Mistakes.Blank.class, "Blank.push(int)", "names no topic", "'mart:' + #p0"),
				Arguments.of(Mistakes.BlankText.class, "BlankText.push(int)", "is no topic", "Correct"),
				Arguments.of(Mistakes.Dollar.class, "Dollar.push(int)", "is no topic: A topic must not begin with '$'",
						"Correct"),
				Arguments.of(Mistakes.NumberTopic.class, "NumberTopic.push(int)", "a topic must be a String",
						"Correct"),
				Arguments.of(Mistakes.LineBreak.class, "LineBreak.push(int)", "event = \"a?b\" is no event type",
						"one line"),
				Arguments.of(Mistakes.NoResult.class, "NoResult.push(int)", "returns nothing", "data = \"#p0\""),
				Arguments.of(Mistakes.VoidStage.class, "VoidStage.push(int)", "returns nothing", "data = \"#p0\""),
				Arguments.of(Mistakes.ResultOfNothing.class, "ResultOfNothing.push(int)",
						"names #result, but the method returns nothing", "parameters"),
				Arguments.of(Mistakes.Ambiguous.class, "Ambiguous.push(String)", "a parameter too", "#p0"),
				Arguments.of(Mistakes.Reactive.class, "Reactive.push(int)", "has no result yet",
						"Broadcaster.broadcast"),
				Arguments.of(Mistakes.OnceOnly.class, "OnceOnly.push(int)",
						"a java.util.stream.Stream, can be read only once", "collection"),
				Arguments.of(Mistakes.OnceOnlyIterator.class, "OnceOnlyIterator.push(int)", "can be read only once",
						"collection"),
				Arguments.of(Mistakes.PrivateMethod.class, "PrivateMethod.push(int)", "is private", "package-private"),
				Arguments.of(Mistakes.PrivateListener.class, "PrivateListener.push(String)", "is private",
						"package-private"),
				Arguments.of(Mistakes.FinalMethod.class, "FinalMethod.push(int)", "is final",
						"Remove final from the method"),
				Arguments.of(Mistakes.StaticMethod.class, "StaticMethod.push(int)", "is static",
						"Broadcaster.broadcastAfterCommit"),
				Arguments.of(Mistakes.FinalClass.class, "FinalClass.push(int)", "the class is final",
						"Remove final from the class"),
				Arguments.of(Mistakes.Inheriting.class, "Unknown.push(int)", "names #idd", "#id"));
	}

	@Test
	void refusesStartWhenLazyBeanOfFactoryMethodIsWrong() {
		assertRefused(refusal(LazyFactory.class), "Unknown.push(int)", "names #idd", "#id");
	}

	@Test
	void createsNoLazyBeanToCheckIt() {
		try (var context = PushConfiguration.start((starting) -> starting.registerBean("lazy", Explosive.class,
				(definition) -> definition.setLazyInit(true)))) {
			assertThat(context.getBeanFactory().containsSingleton("lazy")).isFalse();
		}
	}

	@Test
	void refusesNamesWhenClassWasCompiledWithoutParameters(@TempDir Path directory) throws Exception {
		Class<?> bean = compile(directory, "topic = \"'mart:' + #mart\"");
		assertRefused(refusal(bean), "Host.push(int)", "compiled without the names of its parameters", "-parameters");
		assertThat(refusal(bean)).rootCause()
			.isInstanceOfSatisfying(InvalidPushException.class, (ex) -> assertThat(ex.action()).contains("#p0"));
	}

	@Test
	void takesPositionsWhenClassWasCompiledWithoutParameters(@TempDir Path directory) throws Exception {
		Class<?> bean = compile(directory, "topic = \"'mart:' + #p0 + #a0 + #result\"");
		try (var context = PushConfiguration.start((starting) -> starting.setClassLoader(bean.getClassLoader()),
				bean)) {
			Object host = context.getBean(bean);
			bean.getMethod("push", int.class).invoke(host, 4);
			assertThat(context.getBean(RecordingBroadcaster.class).published()).containsExactly("mart:448 data: 8");
		}
	}

	@Test
	void ignoresMistakesInBeansThatAreNone() {
		try (var context = PushConfiguration.start(Proxied.class)) {
			assertThat(context.getBean("plain")).isNotNull();
		}
	}

	private static Throwable refusal(Class<?> bean) {
		return catchThrowable(() -> PushConfiguration.start(bean).close());
	}

	private static void assertRefused(Throwable thrown, String method, String problem, String action) {
		assertThat(thrown).as("start").isNotNull();
		assertThat(NestedExceptionUtils.getMostSpecificCause(thrown)).isInstanceOfSatisfying(InvalidPushException.class,
				(ex) -> {
					assertThat(ex).hasMessageStartingWith("@SsePush on ")
						.hasMessageContainingAll(method + ": ", problem);
					assertThat(ex.action()).contains(action).endsWith(".");
				});
	}

	private static Class<?> compile(Path directory, String attributes) throws Exception {
		Path source = directory.resolve("Host.java");
		Files.writeString(source, "public class Host { @io.github.sseredis.SsePush(" + attributes
				+ ") public int push(int mart) { return mart * 2; } }");
		String classPath = pathOf(SsePush.class) + System.getProperty("path.separator") + pathOf(ClassUtils.class);
		int status = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-proc:none", "-d", directory.toString(), "-cp", classPath, source.toString());
		assertThat(status).isZero();
		return loader(directory).loadClass("Host");
	}

	private static String pathOf(Class<?> type) throws Exception {
		URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
		return Path.of(location).toString();
	}

	// Not closed: the class loads others, such as its proxy, until the test ends.
	private static ClassLoader loader(Path directory) throws IOException {
		return new URLClassLoader(new URL[] { directory.toUri().toURL() }, PushStartupTests.class.getClassLoader());
	}

	static class Explosive {

		Explosive() {
			throw new IllegalStateException("created");
		}

		@SsePush(topic = "'a'")
		public int push(int id) {
			return id;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyFactory {

		@Bean
		@Lazy
		Mistakes.Unknown unknown() {
			throw new IllegalStateException("created");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Proxied {

		@Bean
		Runnable plain() {
			return (Runnable) Proxy.newProxyInstance(Proxied.class.getClassLoader(), new Class<?>[] { Runnable.class },
					(proxy, method, arguments) -> null);
		}

	}

}
