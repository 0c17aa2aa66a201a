package com.example.shop;

import com.redis.testcontainers.RedisContainer;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.test.AutoConfigureSseTest;
import io.github.sseredis.test.PushedEvents;
import io.github.sseredis.test.SseClient;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureSseTest(broadcaster = "redis")
@Testcontainers(disabledWithoutDocker = true)
class OrderStreamRedisIT {

	@Container
	@ServiceConnection
	static final RedisContainer redis = new RedisContainer("redis:7-alpine");

	@Autowired
	private OrderService orders;

	@Autowired
	private RedisBroadcaster broadcaster;

	@Autowired
	private PushedEvents pushed;

	@LocalServerPort
	private int port;

	@Test
	void orderReachesItsCustomerThroughRedis() {
		try (SseClient kim = SseClient.open("http://localhost:" + this.port + "/stream/kim").awaitOpen()) {
			this.orders.place(new Order("kim", "rice"));
			this.broadcaster.broadcast("user:kim", "on its way");
			assertThat(kim).receives("order").receivesData("on its way");
		}
		assertThat(this.pushed).onTopic("user:kim").ofType("order").hasSize(1);
	}

}
