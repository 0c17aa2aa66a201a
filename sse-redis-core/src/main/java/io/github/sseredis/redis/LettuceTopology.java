package io.github.sseredis.redis;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import io.lettuce.core.cluster.RedisClusterClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Has Lettuce look anew which node of a cluster serves what. Left to itself it does so
 * after some attempts to reconnect, in versions before 7 never, unless the host has set
 * {@code spring.data.redis.lettuce.cluster.refresh.*}. Nothing in Spring Data leads
 * there.
 */
final class LettuceTopology implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(LettuceTopology.class);

	private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** What whoever is about to ask anew waits for the answer. */
	private static final long PATIENCE_MILLIS = 1000;

	private final LettuceConnectionFactory connectionFactory;

	private final AtomicLong last = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);

	private LettuceTopology(LettuceConnectionFactory connectionFactory) {
		this.connectionFactory = connectionFactory;
	}

	/** Returns what refreshes the topology of a factory; nothing if it has none. */
	static Runnable refreshOf(RedisConnectionFactory connectionFactory) {
		if (connectionFactory instanceof LettuceConnectionFactory lettuce && lettuce.isClusterAware()) {
			return new LettuceTopology(lettuce);
		}
		return () -> {
		};
	}

	@Override
	public void run() {
		long before = this.last.get();
		long now = System.nanoTime();
		if (now - before >= INTERVAL_NANOS && this.last.compareAndSet(before, now)
				&& this.connectionFactory.getNativeClient() instanceof RedisClusterClient client) {
			refresh(client);
		}
	}

	private static void refresh(RedisClusterClient client) {
		try {
			client.refreshPartitionsAsync().toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException | RuntimeException ex) {
			logger.debug("The topology of the cluster could not be read: {}", ex.toString());
		}
	}

}
