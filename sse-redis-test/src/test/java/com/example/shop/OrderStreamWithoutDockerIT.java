package com.example.shop;

import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.test.AutoConfigureSseTest;
import io.github.sseredis.test.PushedEvents;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.SseClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@link OrderStreamRedisIT} shows, with a Redis that needs no Docker. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureSseTest(broadcaster = "redis")
class OrderStreamWithoutDockerIT {

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	@Autowired
	private Orders orders;

	@Autowired
	private RedisBroadcaster broadcaster;

	@Autowired
	private PushedEvents pushed;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry properties) {
		properties.add("spring.data.redis.host", redis::host);
		properties.add("spring.data.redis.port", redis::port);
		properties.add("sse.channel-prefix", redis::prefix);
	}

	@Test
	void orderReachesItsCustomerThroughRedisAndIsSeenAsPushed() {
		String uri = "http://localhost:" + this.port + "/stream?customer=ann";
		try (SseClient ann = SseClient.open(uri).awaitOpen()) {
			this.orders.place("ann", "tea");
			this.broadcaster.broadcast("customer:ann", "on its way");
			assertThat(ann).receives("order").receivesData("on its way");
		}
		assertThat(this.pushed).onTopic("customer:ann").ofType("order").hasSize(1);
	}

}
