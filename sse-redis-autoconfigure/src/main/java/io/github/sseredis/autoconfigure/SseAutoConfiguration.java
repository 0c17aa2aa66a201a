package io.github.sseredis.autoconfigure;

import io.github.sseredis.EventEncoder;
import io.github.sseredis.PayloadEncoder;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for what publishing and serving
 * share: the properties, and the encoding of events.
 */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnBooleanProperty(name = "sse.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SseProperties.class)
public final class SseAutoConfiguration {

	@Bean("sse.payload-encoder")
	@ConditionalOnMissingBean
	PayloadEncoder payloadEncoder() {
		return new StringsOnlyPayloadEncoder();
	}

	@Bean("sse.event-encoder")
	@ConditionalOnMissingBean
	EventEncoder eventEncoder(PayloadEncoder payloadEncoder, SseProperties properties) {
		return new EventEncoder(payloadEncoder, properties.limits().payload().toBytes());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	@ConditionalOnBean(JsonMapper.class)
	static class JacksonConfiguration {

		// Among several mappers without a primary, the name of the parameter selects the
		// one that Boot configures.
		@Bean("sse.payload-encoder")
		@ConditionalOnMissingBean
		PayloadEncoder jacksonPayloadEncoder(JsonMapper jacksonJsonMapper) {
			return new JacksonPayloadEncoder(jacksonJsonMapper);
		}

	}

}
