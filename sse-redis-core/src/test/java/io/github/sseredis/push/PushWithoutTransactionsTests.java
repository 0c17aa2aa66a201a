package io.github.sseredis.push;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.github.sseredis.SsePush;
import org.junit.jupiter.api.Test;

import org.springframework.context.event.EventListener;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SsePush} where spring-tx is not on the class path. */
class PushWithoutTransactionsTests {

	@Test
	@SuppressWarnings("unchecked")
	void pushesWhenSpringTransactionsAreAbsent() throws Exception {
		try (URLClassLoader loader = withoutTransactions()) {
			assertThat(ClassUtils.isPresent("org.springframework.transaction.PlatformTransactionManager", loader))
				.isFalse();
			Callable<Object> host = (Callable<Object>) loader.loadClass(Host.class.getName())
				.getConstructor()
				.newInstance();
			assertThat((List<Object>) host.call()).containsExactly("t data: 3", "e data: 4");
		}
	}

	private static URLClassLoader withoutTransactions() {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		URL[] urls = Stream.of(classPath.split(File.pathSeparator))
			.filter((entry) -> !entry.contains("spring-tx"))
			.map(PushWithoutTransactionsTests::url)
			.toArray(URL[]::new);
		return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
	}

	private static URL url(String entry) {
		try {
			return Path.of(entry).toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	public static class Host implements Callable<Object> {

		@Override
		public Object call() {
			try (var context = PushConfiguration
				.start((starting) -> starting.setClassLoader(Host.class.getClassLoader()), Service.class)) {
				context.getBean(Service.class).work();
				context.publishEvent(4);
				return List.copyOf(context.getBean(RecordingBroadcaster.class).published());
			}
		}

	}

	public static class Service {

		@SsePush(topic = "'t'")
		public int work() {
			return 3;
		}

		@EventListener
		@SsePush(topic = "'e'")
		public int on(Integer event) {
			return event;
		}

	}

}
