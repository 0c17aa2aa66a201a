package io.github.sseredis.redis;

import java.time.Duration;

import io.lettuce.core.RedisCommandExecutionException;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

class FailureLogTests {

	private final Logger logger = mock(Logger.class);

	private final FailureLog log = new FailureLog(this.logger, "broken", "works",
			new RedisOptions("sse:", 2, "app", new RedisOptions.History(1000, 10_000, Duration.ofHours(1)),
					new RedisOptions.Publish(1024, Duration.ofSeconds(30), Duration.ofMinutes(10))));

	private final RedisFailure timeout = RedisFailure.noAnswer(Duration.ofSeconds(2));

	private final RedisFailure memory = RedisFailure.of(new RedisCommandExecutionException("OOM command not allowed"));

	@Test
	void saysOnceThatPartitionsFailAndOnceThatAllWork() {
		for (int i = 0; i < 100; i++) {
			this.log.failed(i % 2, this.timeout);
		}
		this.log.worked(0);
		this.log.failed(0, this.timeout);
		this.log.worked(0);
		assertThat(this.log.reason()).contains("does not answer");
		this.log.worked(1);
		this.log.worked(1);
		verify(this.logger).warn(anyString(), eq("broken"), contains("does not answer"));
		verify(this.logger).info("{}", "works");
		verifyNoMoreInteractions(this.logger);
		assertThat(this.log.reason()).isEmpty();
	}

	@Test
	void saysSoWhenTheReasonIsAnother() {
		this.log.failed(0, this.timeout);
		this.log.failed(0, this.memory);
		this.log.failed(1, this.memory);
		verify(this.logger).warn(anyString(), eq("broken"), contains("does not answer"));
		verify(this.logger, times(1)).warn(anyString(), eq("broken"), contains("out of memory"));
		verifyNoMoreInteractions(this.logger);
	}

}
