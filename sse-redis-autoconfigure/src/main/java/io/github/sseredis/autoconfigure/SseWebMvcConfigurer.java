package io.github.sseredis.autoconfigure;

import io.github.sseredis.web.ConnectionInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Adds the interceptors that tell connections when they may begin, and the log when they
 * are held back; changes nothing else.
 */
final class SseWebMvcConfigurer implements WebMvcConfigurer, SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(SseWebMvcConfigurer.class);

	private boolean asked;

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
		if (!this.asked) {
			logger.warn(
					"Streams will not begin: this application configures Spring MVC without WebMvcConfigurer "
							+ "beans. Add a {} in addInterceptors of its WebMvcConfigurationSupport",
					ConnectionInterceptor.class.getName());
		}
	}

}
