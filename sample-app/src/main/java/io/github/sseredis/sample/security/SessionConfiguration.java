package io.github.sseredis.sample.security;

import org.springframework.context.annotation.Configuration;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;

/**
 * Sessions in Redis, so that any instance serves any user. They live longer than a
 * stream: an open one keeps no session alive, the one that follows it does.
 */
@Configuration(proxyBeanMethods = false)
@EnableRedisHttpSession(redisNamespace = "sse-redis-sample:session", maxInactiveIntervalInSeconds = 2 * 60 * 60)
class SessionConfiguration {

}
