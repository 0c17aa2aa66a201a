package com.example.secured;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisIndexedHttpSession;

/** Form login with sessions that all instances share, and that tell of their end. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableRedisIndexedHttpSession(redisNamespace = "${test.sessions}")
@Import(FormLoginHost.class)
class SharedSessionHost {

}
