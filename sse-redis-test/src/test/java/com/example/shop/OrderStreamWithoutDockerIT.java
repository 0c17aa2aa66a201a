package com.example.shop;

import java.time.Duration;

import io.github.sseredis.EventId;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.test.AutoConfigureSseTest;
import io.github.sseredis.test.PushedEvents;
import io.github.sseredis.test.RedisExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@link OrderStreamRedisIT} shows, with a Redis that needs no Docker. */
@AutoConfigureSseTest(broadcaster = "redis")
class OrderStreamWithoutDockerIT extends OrderStreamTests {

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	@Autowired
	private RedisBroadcaster broadcaster;

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry properties) {
		properties.add("spring.data.redis.host", redis::host);
		properties.add("spring.data.redis.port", redis::port);
		properties.add("sse.channel-prefix", redis::prefix);
	}

	// A stream that is opened before may begin with a reset.
	@BeforeEach
	void awaitPosition() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> !this.broadcaster.lastEventId().equals(EventId.NONE));
	}

	@Test
	void whatGoesThroughRedisIsSeenAsPushed(@Autowired Orders orders, @Autowired PushedEvents pushed) {
		orders.place("ann", "tea");
		assertThat(this.broadcaster.broadcast("customer:ann", "on its way")).succeedsWithin(Duration.ofSeconds(60));
		assertThat(pushed).onTopic("customer:ann").hasSize(2);
		assertThat(pushed).ofType("order").hasSize(1);
	}

}
