package io.github.sseredis.autoconfigure;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.log.EventLog;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the actuator endpoint
 * {@code sse}, if it is exposed ({@code management.endpoints.web.exposure.include}).
 */
@AutoConfiguration(after = SseWebAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "sse.enabled", matchIfMissing = true)
@ConditionalOnClass({ SseEmitter.class, WebEndpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean({ EmitterRegistry.class, EventLog.class })
@ConditionalOnAvailableEndpoint(SseActuatorEndpoint.class)
@EnableConfigurationProperties(SseActuatorProperties.class)
public final class SseActuatorAutoConfiguration {

	@Bean("sse.actuator-endpoint")
	SseActuatorEndpoint actuatorEndpoint(EmitterRegistry emitterRegistry, EventLog eventLog,
			SseActuatorProperties properties) {
		return new SseActuatorEndpoint(emitterRegistry, eventLog, properties);
	}

}
