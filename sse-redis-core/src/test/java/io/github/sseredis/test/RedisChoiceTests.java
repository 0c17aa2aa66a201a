package io.github.sseredis.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.sseredis.test.RedisChoice.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RedisChoiceTests {

	@Test
	void takesTheAddressWhenOneIsGiven() {
		RedisChoice choice = new RedisChoice(() -> "redis.example:6390", RedisChoiceTests::unasked,
				RedisChoiceTests::unasked, RedisChoiceTests::unasked);
		assertThat(choice.choose()).isEqualTo(Source.ADDRESS);
	}

	@Test
	void takesTheContainerWhenDockerAnswers() {
		RedisChoice choice = new RedisChoice(() -> null, () -> true, RedisChoiceTests::unasked,
				RedisChoiceTests::unasked);
		assertThat(choice.choose()).isEqualTo(Source.CONTAINER);
	}

	@Test
	void takesTheProgramOnThePathWhenThereIsNoDocker() {
		RedisChoice choice = new RedisChoice(() -> " ", () -> false, () -> true, RedisChoiceTests::unasked);
		assertThat(choice.choose()).isEqualTo(Source.PATH);
	}

	@Test
	void takesTheEmbeddedBinaryWhenNothingElseIsThere() {
		assertThat(choice(null, false, false, true).choose()).isEqualTo(Source.EMBEDDED);
	}

	@Test
	void saysWhatToDoWhenNothingIsThere() {
		assertThatIllegalStateException().isThrownBy(() -> choice(null, false, false, false).choose())
			.withMessageContaining("-Dsse.test.redis=host:port");
	}

	@Test
	void takesTheNextWhenOneHasFailed() {
		RedisChoice choice = choice(null, true, true, true);
		assertThat(choice.choose(Set.of(Source.CONTAINER))).isEqualTo(Source.PATH);
		assertThat(choice.choose(Set.of(Source.CONTAINER, Source.PATH))).isEqualTo(Source.EMBEDDED);
	}

	@Test
	void keepsToTheAddressWhenNobodyAnswersThere() {
		RedisChoice choice = choice("127.0.0.1:" + Ports.free(), true, true, true);
		assertThatIllegalStateException().isThrownBy(() -> start(choice))
			.withMessageContaining("No Redis answers at 127.0.0.1");
	}

	@Test
	void startsTheNextWhenOneDoesNotStart() {
		List<Source> tried = new ArrayList<>();
		assertThatIllegalStateException()
			.isThrownBy(() -> SharedRedis.start(choice(null, true, true, true), (source) -> {
				tried.add(source);
				throw new IllegalStateException("not today");
			}))
			.withMessageContaining("No Redis for the tests");
		assertThat(tried).containsExactly(Source.CONTAINER, Source.PATH, Source.EMBEDDED);
	}

	@Test
	void refusesTheAddressWhenItHasNoPort() {
		RedisChoice choice = choice("localhost", true, true, true);
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> start(choice))
			.withMessageContaining("sse.test.redis");
	}

	private static RedisChoice choice(@Nullable String address, boolean docker, boolean onPath, boolean embedded) {
		return new RedisChoice(() -> address, () -> docker, () -> onPath, () -> embedded);
	}

	private static RedisServer start(RedisChoice choice) {
		return SharedRedis.start(choice, (source) -> SharedRedis.start(source, choice));
	}

	private static boolean unasked() {
		throw new AssertionError("asked without need");
	}

}
