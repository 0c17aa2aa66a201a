package io.github.sseredis.autoconfigure;

import io.github.sseredis.Broadcaster;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for observations: those of
 * publications, and the end of those of the requests that open streams.
 */
@AutoConfiguration(after = { SseRedisAutoConfiguration.class, SseLocalAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnBooleanProperty(name = "sse.enabled", matchIfMissing = true)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
public final class SseObservationAutoConfiguration {

	@Bean("sse.publish-observation-configurer")
	PublishObservationConfigurer publishObservationConfigurer(ObjectProvider<Broadcaster> broadcasters,
			ObservationRegistry observationRegistry) {
		return new PublishObservationConfigurer(broadcasters, observationRegistry);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass({ SseEmitter.class, ServerHttpObservationFilter.class, FilterRegistrationBean.class })
	static class StreamConfiguration {

		@Bean("sse.stream-observation-post-processor")
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static StreamObservationPostProcessor streamObservationPostProcessor() {
			return new StreamObservationPostProcessor();
		}

	}

}
