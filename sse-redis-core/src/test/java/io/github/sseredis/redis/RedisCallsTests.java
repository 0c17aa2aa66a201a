package io.github.sseredis.redis;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

class RedisCallsTests {

	private final RedisConnectionFactory connectionFactory = mock();

	private final RedisConnection connection = mock();

	private final RedisCalls calls = new RedisCalls(this.connectionFactory, Duration.ofMillis(1100));

	RedisCallsTests() {
		given(this.connectionFactory.getConnection()).willReturn(this.connection);
	}

	@AfterEach
	void clearInterrupt() {
		Thread.interrupted();
	}

	// As Lettuce does it.
	private static RuntimeException hang() {
		try {
			new CountDownLatch(1).await(1, TimeUnit.MINUTES);
			return new IllegalStateException("Nobody interrupted");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new IllegalStateException("Command interrupted", ex);
		}
	}

	@Test
	void givesACallUpThatIsNotAnsweredAndLeavesNoInterrupt() {
		assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> this.calls.run((used) -> {
			throw hang();
		})).withMessage("no answer for 1 s");
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
		then(this.connection).should().close();
	}

	@Test
	void outcomeIsUnknownWhenACallWasGivenUp() {
		RedisFailure failure = RedisFailure.of(new NoAnswerException(Duration.ofSeconds(5)));
		assertThat(failure.isOutcomeUnknown()).isTrue();
		assertThat(failure.kind()).isEqualTo(RedisFailure.Kind.UNREACHABLE);
	}

	@Test
	void wasNotSentWhenAConnectionWasAwaitedInVain() {
		given(this.connectionFactory.getConnection()).willAnswer((invocation) -> {
			throw hang();
		});
		assertThatExceptionOfType(NoConnectionException.class)
			.isThrownBy(() -> this.calls.run((used) -> "unreachable"));
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void keepsTheInterruptOfOthers() {
		Thread.currentThread().interrupt();
		assertThatIllegalStateException().isThrownBy(() -> this.calls.run((used) -> {
			throw hang();
		})).withMessage("Command interrupted");
		assertThat(Thread.currentThread().isInterrupted()).isTrue();
	}

	@Test
	void returnsAnAnswerThatCameLateAndLeavesNoInterrupt() {
		String answer = this.calls.run((used) -> {
			hang();
			return "late";
		});
		assertThat(answer).isEqualTo("late");
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

}
