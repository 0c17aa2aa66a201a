package io.github.sseredis.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.servlet.Filter;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.util.ClassUtils;

/**
 * A filter that wraps responses into a {@code ContentCachingResponseWrapper}, mostly in
 * order to log them, keeps a stream until it is over. It is recognised by its class file,
 * unless it shows that it knows of streams or chooses its requests; those that buffer all
 * the same are found when a stream opens ({@link BufferedStreamWarning}).
 */
final class BufferingFilterCheck implements StartupCheck {

	private static final String WRAPPER = "org/springframework/web/util/ContentCachingResponseWrapper";

	private static final String[] EXCEPTIONS = { "text/event-stream", "TEXT_EVENT_STREAM", "shouldNotFilter" };

	private final ListableBeanFactory beanFactory;

	BufferingFilterCheck(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public Optional<String> problem() {
		return filters().map(ClassUtils::getUserClass)
			.filter(BufferingFilterCheck::buffers)
			.map((type) -> message(type.getName()))
			.findFirst();
	}

	static String message(String filter) {
		return "Streams arrive only when they are over: " + filter
				+ " keeps responses. Let its shouldNotFilter(request) be true for the paths of streams";
	}

	private Stream<Filter> filters() {
		return Stream.of(Filter.class, FilterRegistrationBean.class)
			.flatMap((type) -> Arrays.stream(this.beanFactory.getBeanNamesForType(type, false, false)))
			.map(this.beanFactory::getBean)
			.map((bean) -> (bean instanceof FilterRegistrationBean<?> registration) ? registration.getFilter() : bean)
			.filter(Filter.class::isInstance)
			.map(Filter.class::cast);
	}

	// Those of Spring itself know of streams.
	private static boolean buffers(Class<?> type) {
		if (type.getName().startsWith("org.springframework.")) {
			return false;
		}
		String classFile = classFile(type);
		return classFile.contains(WRAPPER) && Stream.of(EXCEPTIONS).noneMatch(classFile::contains);
	}

	private static String classFile(Class<?> type) {
		try (InputStream in = type.getResourceAsStream(ClassUtils.getClassFileName(type))) {
			return (in != null) ? new String(in.readAllBytes(), StandardCharsets.ISO_8859_1) : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

}
