package io.github.sseredis.test;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class RedisExtensionIT {

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private static final String PREFIX = redis.prefix();

	@Test
	void givesTheSharedRedisWhenRegistered() {
		assertThat(redis.server()).isSameAs(RedisServer.shared());
		assertThat(redis.command("PING")).isEqualTo("PONG");
	}

	@Test
	void givesTheServerWhenAParameterAsksForIt(RedisServer server) {
		assertThat(server).isSameAs(redis.server());
	}

	@Test
	void givesEveryoneAnotherPrefixWhenAskedAnew() {
		assertThat(RedisExtension.newPrefix()).isNotEqualTo(RedisExtension.newPrefix()).doesNotContain("{", "}");
	}

	@Nested
	class InANestedClass {

		@Test
		void keepsThePrefixWhenTheClassIsNested() {
			assertThat(redis.prefix()).isEqualTo(PREFIX);
		}

	}

	@Nested
	class AfterANestedClass {

		@Test
		void keepsThePrefixWhenAnotherNestedClassHasEnded() {
			assertThat(redis.prefix()).isEqualTo(PREFIX);
		}

	}

}
