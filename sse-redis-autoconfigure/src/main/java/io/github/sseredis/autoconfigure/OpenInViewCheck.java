package io.github.sseredis.autoconfigure;

import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Open-in-view keeps the session of JPA, and with it the connection to the database that
 * a controller has used, until the request is over: for a stream, half an hour.
 */
final class OpenInViewCheck implements StartupCheck {

	private static final String PACKAGE = "org.springframework.orm.jpa.support.";

	private final ListableBeanFactory beanFactory;

	OpenInViewCheck(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public Optional<String> problem() {
		boolean on = Stream.of("OpenEntityManagerInViewInterceptor", "OpenEntityManagerInViewFilter")
			.anyMatch((name) -> hasBean(PACKAGE + name));
		return on ? Optional.of("Each open stream may keep a connection to the database, until the pool has none left: "
				+ "open-in-view is on. Set spring.jpa.open-in-view=false") : Optional.empty();
	}

	private boolean hasBean(String typeName) {
		ClassLoader classLoader = getClass().getClassLoader();
		return ClassUtils.isPresent(typeName, classLoader) && this.beanFactory
			.getBeanNamesForType(ClassUtils.resolveClassName(typeName, classLoader), true, false).length > 0;
	}

}
