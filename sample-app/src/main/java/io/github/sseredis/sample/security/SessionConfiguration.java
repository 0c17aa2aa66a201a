package io.github.sseredis.sample.security;

import java.time.Duration;

import io.lettuce.core.resource.Delay;

import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;

/**
 * Sessions in Redis, so that any instance serves any user. They live longer than a
 * stream: an open one keeps no session alive, the one that follows it does.
 */
@Configuration(proxyBeanMethods = false)
@EnableRedisHttpSession(redisNamespace = "sse-redis-sample:session", maxInactiveIntervalInSeconds = 2 * 60 * 60)
class SessionConfiguration {

	// By itself Lettuce waits up to half a minute after a long outage.
	@Bean
	ClientResourcesBuilderCustomizer soonConnectedAgain() {
		return (builder) -> builder.reconnectDelay(Delay.constant(Duration.ofSeconds(1)));
	}

}
