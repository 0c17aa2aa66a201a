package io.github.sseredis.redis;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.sseredis.log.EventLog;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

class SubscriptionStopTests {

	private final RedisConnection connection = mock();

	private final RedisConnectionFactory connections = mock();

	private final RedisSubscription subscription = new RedisSubscription(this.connections,
			new RedisOptions("stop:", 1, "", new RedisOptions.History(1, 1, Duration.ofSeconds(1)),
					new RedisOptions.Publish(10_000, Duration.ofSeconds(1), Duration.ofSeconds(1))),
			new EventLog(1, 1000), 1000);

	@Test
	void givesItsConnectionBackBeforeItHasStopped() throws InterruptedException {
		CountDownLatch subscribed = new CountDownLatch(1);
		AtomicBoolean givenBack = new AtomicBoolean();
		given(this.connections.getConnection()).willReturn(this.connection);
		given(this.connection.isSubscribed()).willReturn(true);
		willAnswer((call) -> {
			subscribed.countDown();
			return null;
		}).given(this.connection).subscribe(any(), any(byte[].class));
		willAnswer((call) -> {
			// Not what the appender closes after a call.
			if (Thread.currentThread().getName().startsWith("sse-channels-")) {
				new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
				givenBack.set(true);
			}
			return null;
		}).given(this.connection).close();
		this.subscription.start();
		assertThat(subscribed.await(20, TimeUnit.SECONDS)).isTrue();
		this.subscription.stop();
		assertThat(givenBack).isTrue();
	}

}
