package io.github.sseredis.autoconfigure;

import java.util.Arrays;

import io.github.sseredis.web.ConnectionInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.DelegatingWebMvcConfiguration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurationSupport;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Adds the interceptors that tell connections when they may begin, and the log when they
 * are held back; changes nothing else.
 */
final class SseWebMvcConfigurer implements WebMvcConfigurer, SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(SseWebMvcConfigurer.class);

	private final ListableBeanFactory beanFactory;

	private boolean asked;

	SseWebMvcConfigurer(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	// First in order is told last, when the other interceptors have left the request.
	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		this.asked = true;
		registry.addInterceptor(new ConnectionInterceptor()).order(Ordered.HIGHEST_PRECEDENCE);
		registry.addInterceptor(new BufferedStreamWarning());
	}

	// A host that extends WebMvcConfigurationSupport asks no configurer, and every stream
	// would stay silent.
	@Override
	public void afterSingletonsInstantiated() {
		if (!this.asked && asksNoConfigurers()) {
			logger.warn(
					"Streams will not begin: this application configures Spring MVC without WebMvcConfigurer "
							+ "beans. Add a {} in addInterceptors of its WebMvcConfigurationSupport",
					ConnectionInterceptor.class.getName());
		}
	}

	// Who asks may be lazy and do so later.
	private boolean asksNoConfigurers() {
		return Arrays.stream(this.beanFactory.getBeanNamesForType(WebMvcConfigurationSupport.class, true, false))
			.map(this.beanFactory::getType)
			.anyMatch((type) -> type != null && !DelegatingWebMvcConfiguration.class.isAssignableFrom(type));
	}

}
