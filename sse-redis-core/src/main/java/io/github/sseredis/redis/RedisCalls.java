package io.github.sseredis.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * Runs commands on connections of a factory, and lets none wait for long. A driver waits
 * for as long as the host has set, by default a minute, and that also for a node of a
 * cluster that is gone and in whose place another answers after seconds; whoever asks
 * anew reaches that one. Thread-safe; a call blocks the calling thread.
 */
final class RedisCalls {

	static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final boolean LETTUCE = ClassUtils.isPresent("io.lettuce.core.cluster.RedisClusterClient",
			RedisCalls.class.getClassLoader());

	private final RedisConnectionFactory connectionFactory;

	private final Duration patience;

	private final Runnable topology;

	RedisCalls(RedisConnectionFactory connectionFactory) {
		this(connectionFactory, PATIENCE);
	}

	RedisCalls(RedisConnectionFactory connectionFactory, Duration patience) {
		this.connectionFactory = connectionFactory;
		this.patience = patience;
		this.topology = LETTUCE ? LettuceTopology.refreshOf(connectionFactory) : () -> {
		};
	}

	/**
	 * Runs a command.
	 * @throws NoAnswerException if there is no answer in time
	 * @throws NoConnectionException if it was not sent
	 * @throws RuntimeException whatever the driver throws
	 */
	<T> T run(Function<RedisConnection, T> command) {
		try {
			return runInTime(command);
		}
		catch (RuntimeException ex) {
			if (ex instanceof NoAnswerException && this.connectionFactory instanceof Reconnecting own) {
				own.reconnect();
			}
			if (RedisFailure.of(ex).isOfTheNode()) {
				this.topology.run();
			}
			throw ex;
		}
	}

	private <T> T runInTime(Function<RedisConnection, T> command) {
		Deadline deadline = new Deadline(Thread.currentThread());
		CompletableFuture<Void> over = new CompletableFuture<Void>().orTimeout(this.patience.toMillis(),
				TimeUnit.MILLISECONDS);
		over.whenComplete((nothing, timeout) -> {
			if (timeout != null) {
				deadline.miss();
			}
		});
		try (RedisConnection connection = connect()) {
			return command.apply(connection);
		}
		catch (NoConnectionException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw deadline.end() ? new NoAnswerException(this.patience) : ex;
		}
		finally {
			deadline.end();
			over.complete(null);
		}
	}

	private RedisConnection connect() {
		try {
			return this.connectionFactory.getConnection();
		}
		catch (RuntimeException ex) {
			throw new NoConnectionException(ex);
		}
	}

	/** Interrupts a thread, but not after it has left. */
	private static final class Deadline {

		private final Thread thread;

		private boolean over;

		private boolean missed;

		Deadline(Thread thread) {
			this.thread = thread;
		}

		synchronized void miss() {
			if (!this.over) {
				this.missed = true;
				this.thread.interrupt();
			}
		}

		/** Returns whether it was missed; by the thread. */
		synchronized boolean end() {
			if (!this.over) {
				this.over = true;
				if (this.missed) {
					Thread.interrupted();
				}
			}
			return this.missed;
		}

	}

}
