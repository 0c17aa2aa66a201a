package io.github.sseredis.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import io.github.sseredis.EventEncoder;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.redis.RedisOptions;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A process that publishes numbered events at a rate and serves nobody: host, port,
 * prefix, topic, events a second, events in all.
 */
final class PublisherProcess {

	private PublisherProcess() {
	}

	public static void main(String[] args) {
		LettuceConnectionFactory connectionFactory = new LettuceConnectionFactory(args[0], Integer.parseInt(args[1]));
		connectionFactory.afterPropertiesSet();
		RedisOptions options = new RedisOptions(args[2], 1, "contract",
				new RedisOptions.History(1000, 10_000, Duration.ofHours(1)),
				new RedisOptions.Publish(16 * 1024 * 1024, Duration.ofSeconds(30), Duration.ofMinutes(10)));
		RedisBroadcaster broadcaster = new RedisBroadcaster(connectionFactory, options,
				new EventEncoder(String::valueOf, 0), null);
		broadcaster.start();
		int rate = Integer.parseInt(args[4]);
		int count = Integer.parseInt(args[5]);
		String padding = " " + "x".repeat(110);
		List<CompletableFuture<?>> futures = new ArrayList<>();
		long begin = System.nanoTime();
		for (int i = 0; i < count; i++) {
			long due = begin + i * 1_000_000_000L / rate;
			while (System.nanoTime() < due) {
				LockSupport.parkNanos(100_000);
			}
			futures.add(broadcaster.broadcast(args[3], i + padding));
		}
		CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0])).join();
		broadcaster.stop();
		connectionFactory.destroy();
	}

}
