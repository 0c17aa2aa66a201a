package io.github.sseredis.contract;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.github.sseredis.EventId;
import io.github.sseredis.test.NioSseClients;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.WithRedis;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One topic, many connections, events from another process. */
@WithRedis
class FanOutIT {

	private static final int CONNECTIONS = 1000;

	private static final int RATE = 300;

	private static final int SECONDS = 10;

	@Test
	void deliversAllOfThreeHundredEventsASecondToAThousandConnections(RedisServer redis) throws Exception {
		String prefix = RedisExtension.newPrefix();
		try (Instance instance = Instance.redis(redis, prefix).start();
				NioSseClients clients = NioSseClients.create().recordNumbers()) {
			await().until(() -> !instance.log().lastEventId().equals(EventId.NONE));
			clients.open(instance.stream("load"), CONNECTIONS);
			await().until(() -> instance.registry().connectionCount("load") == CONNECTIONS);
			long begin = System.nanoTime();
			Process publisher = publish(redis, prefix);
			clients.awaitEvents(RATE * SECONDS, Duration.ofSeconds(120));
			long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
			assertThat(publisher.waitFor()).isZero();
			System.getLogger("load")
				.log(System.Logger.Level.INFO,
						clients.totalEvents() + " deliveries, " + took + " ms with the publisher's start");
			long[] expected = LongStream.range(0, RATE * SECONDS).toArray();
			for (int i = 0; i < CONNECTIONS; i++) {
				assertThat(clients.numbers(i)).isEqualTo(expected);
			}
		}
	}

	private static Process publish(RedisServer redis, String prefix) throws IOException {
		return new ProcessBuilder(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
				"-cp", System.getProperty("java.class.path"), PublisherProcess.class.getName(), redis.host(),
				String.valueOf(redis.port()), prefix, "load", String.valueOf(RATE), String.valueOf(RATE * SECONDS))
			.inheritIO()
			.start();
	}

}
