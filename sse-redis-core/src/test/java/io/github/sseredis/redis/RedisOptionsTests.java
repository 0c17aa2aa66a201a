package io.github.sseredis.redis;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RedisOptionsTests {

	private static final RedisOptions.History history = new RedisOptions.History(1, 1, Duration.ofMillis(1));

	private static final RedisOptions.Publish publish = new RedisOptions.Publish(1, Duration.ofSeconds(1),
			Duration.ofSeconds(1));

	@Test
	void refusesBracesInThePrefix() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RedisOptions("sse:{x}", 1, "app", history, publish))
			.withMessageContaining("sse:{x}");
	}

	@Test
	void refusesNumbersOfPartitionsThatThereAreNot() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RedisOptions("sse:", 9, "app", history, publish))
			.withMessageContaining("9");
	}

	@Test
	void refusesWhatRedisWouldRefuseInTheMiddleOfAScript() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RedisOptions.History(0, 1, Duration.ofHours(1)))
			.withMessageContaining("sse.history.per-topic");
		assertThatIllegalArgumentException().isThrownBy(() -> new RedisOptions.History(1, 0, Duration.ofHours(1)))
			.withMessageContaining("sse.history.per-partition");
		assertThatIllegalArgumentException().isThrownBy(() -> new RedisOptions.History(1, 1, Duration.ofNanos(1)))
			.withMessageContaining("sse.history.ttl");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RedisOptions.History(1, 1, Duration.ofDays(1_000_000_000)))
			.withMessageContaining("sse.history.ttl");
	}

}
