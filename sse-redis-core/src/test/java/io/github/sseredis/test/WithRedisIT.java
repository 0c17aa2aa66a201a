package io.github.sseredis.test;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@WithRedis
class WithRedisIT {

	private final RedisServer server;

	WithRedisIT(RedisServer server) {
		this.server = server;
	}

	@Test
	void givesTheSharedServerWhenAParameterAsksForIt(RedisServer parameter) {
		assertThat(parameter).isSameAs(this.server).isSameAs(RedisServer.shared());
	}

}
