package com.example.shop;

import java.time.Duration;

import com.redis.testcontainers.RedisContainer;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.test.AutoConfigureSseTest;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

import static org.assertj.core.api.Assertions.assertThat;

@AutoConfigureSseTest(broadcaster = "redis")
@Testcontainers(disabledWithoutDocker = true)
class OrderStreamRedisIT extends OrderStreamTests {

	@Container
	@ServiceConnection
	static final RedisContainer redis = new RedisContainer("redis:7-alpine");

	@Test
	void ordersGoThroughRedis(@Autowired RedisBroadcaster broadcaster) {
		assertThat(broadcaster.broadcast("customer:ann", "on its way")).succeedsWithin(Duration.ofSeconds(10));
	}

}
