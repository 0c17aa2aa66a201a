package io.github.sseredis.autoconfigure;

import jakarta.servlet.Filter;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Puts a {@link StreamObservationFilter} around Spring's filter, whoever registers it.
 */
final class StreamObservationPostProcessor implements BeanPostProcessor {

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof FilterRegistrationBean<?> registration
				&& registration.getFilter() instanceof ServerHttpObservationFilter filter) {
			replace(registration, new StreamObservationFilter(filter));
		}
		else if (bean.getClass() == ServerHttpObservationFilter.class) {
			return new StreamObservationFilter((ServerHttpObservationFilter) bean);
		}
		return bean;
	}

	// Of the declared type it is, too.
	@SuppressWarnings("unchecked")
	private static void replace(FilterRegistrationBean<?> registration, StreamObservationFilter filter) {
		((FilterRegistrationBean<Filter>) registration).setFilter(filter);
	}

}
