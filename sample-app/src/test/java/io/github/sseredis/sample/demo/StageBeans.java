package io.github.sseredis.sample.demo;

import java.util.List;

import io.github.sseredis.EmitterRegistry;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * What an instance of the demo has beyond the application: a stream for the page of the
 * stage, which is of another origin. Not found by scanning, so tests of the application
 * do not have it.
 */
class StageBeans {

	@Bean
	StageStream stageStream(EmitterRegistry emitterRegistry, @Value("${sample.instance}") String name) {
		return new StageStream(emitterRegistry, name);
	}

	// Not by an annotation, which scanning would find.
	@Bean
	SmartInitializingSingleton stageMapping(StageStream stream,
			@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
		return () -> stream.register(mapping);
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SecurityFilterChain stageFilterChain(HttpSecurity http, @Value("${demo.stage-origin}") String origin)
			throws Exception {
		CorsConfiguration cors = new CorsConfiguration();
		cors.setAllowedOrigins(List.of(origin, origin.replace("localhost", "127.0.0.1")));
		UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
		source.registerCorsConfiguration("/**", cors);
		return http.securityMatcher(StageStream.PATH)
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.cors((configurer) -> configurer.configurationSource(source))
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.requestCache((cache) -> cache.disable())
			.build();
	}

}
