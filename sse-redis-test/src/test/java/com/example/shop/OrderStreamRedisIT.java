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
	private Orders orders;

	@Autowired
	private RedisBroadcaster broadcaster;

	@Autowired
	private PushedEvents pushed;

	@LocalServerPort
	private int port;

	@Test
	void orderReachesItsCustomerThroughRedis() {
		String uri = "http://localhost:" + this.port + "/stream?customer=ann";
		try (SseClient ann = SseClient.open(uri).awaitOpen()) {
			this.orders.place("ann", "tea");
			this.broadcaster.broadcast("customer:ann", "on its way");
			assertThat(ann).receives("order").receivesData("on its way");
		}
		assertThat(this.pushed).onTopic("customer:ann").ofType("order").hasSize(1);
	}

}
