package io.github.sseredis.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.EventId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

/** The timer that gives up what Redis does not take in time. */
class PublishTimerTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(RedisBroadcaster.class);

	private final Appender<ILoggingEvent> appender = mock();

	private final CountDownLatch answer = new CountDownLatch(1);

	private final RedisConnectionFactory hanging = mock();

	private final RedisBroadcaster broadcaster = new RedisBroadcaster(this.hanging,
			new RedisOptions("timer:", 1, "", new RedisOptions.History(1, 1, Duration.ofSeconds(1)),
					new RedisOptions.Publish(10_000, Duration.ofSeconds(3), Duration.ofSeconds(1))),
			new EventEncoder(String::valueOf, 0), null);

	@BeforeEach
	void start() {
		given(this.hanging.getConnection()).willAnswer((call) -> {
			try {
				this.answer.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			throw new IllegalStateException("no connection");
		});
		this.logger.addAppender(this.appender);
		this.broadcaster.start();
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.appender);
		this.answer.countDown();
		this.broadcaster.stop();
	}

	@Test
	void goesOnAfterItFailedOnce() {
		AtomicInteger failures = new AtomicInteger();
		willAnswer((call) -> {
			if (Thread.currentThread().getName().startsWith("sse-publish-timer-") && failures.getAndIncrement() == 0) {
				throw new IllegalStateException("on purpose");
			}
			return null;
		}).given(this.appender).doAppend(any());
		CompletableFuture<EventId> future = this.broadcaster.broadcast("a", "event");
		assertThat(future).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.withMessageContaining("sse.publish.timeout");
		assertThat(failures).hasPositiveValue();
	}

}
