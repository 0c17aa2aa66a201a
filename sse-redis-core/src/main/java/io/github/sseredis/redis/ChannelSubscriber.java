package io.github.sseredis.redis;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.CustomizableThreadCreator;

/**
 * Keeps subscribed to channels: opens one {@link ChannelConnection} after another, each
 * on a thread of its own, because opening, reading (Jedis) and closing may all hang on a
 * connection that is half open. Whoever runs this waits for none of them. A connection
 * that hears nothing is given up only when another is confirmed: a pool would hand out
 * the same one again.
 */
final class ChannelSubscriber implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(RedisSubscription.class);

	private static final long RETRY_MILLIS = 500;

	private static final long TICK_MILLIS = 1000;

	/** After so long without a confirmation another connection is tried. */
	private static final long CONFIRMATION_MILLIS = 10_000;

	private final RedisConnectionFactory connectionFactory;

	private final List<byte[]> channels;

	private final Receiver receiver;

	private final FailureLog failures;

	private final CustomizableThreadCreator threads = new CustomizableThreadCreator("sse-channels-");

	/** Guards what follows; whoever changes it notifies. */
	private final Object monitor = new Object();

	private @Nullable ChannelConnection current;

	/** The thread of the connection that was opened last. */
	private @Nullable Thread newest;

	private boolean reconnectAsked;

	ChannelSubscriber(RedisConnectionFactory connectionFactory, RedisOptions options, List<byte[]> channels,
			Receiver receiver) {
		this.connectionFactory = connectionFactory;
		this.channels = channels;
		this.receiver = receiver;
		this.failures = new FailureLog(logger,
				"No events are received from Redis, and streams wait; to run a single instance without Redis, set "
						+ "sse.broadcaster=local",
				"Subscribed to " + channels.stream().map(RedisLayout::text).toList(), options);
		this.threads.setDaemon(true);
	}

	boolean isSubscribed() {
		synchronized (this.monitor) {
			return this.current != null && this.current.isConfirmed() && !this.current.isEnded()
					&& !this.reconnectAsked;
		}
	}

	/** Whether the last attempt failed; another one follows. */
	boolean isFailing() {
		return !this.failures.reason().isEmpty();
	}

	/** Gives up the connection for another; does not wait. */
	void reconnect() {
		synchronized (this.monitor) {
			// One that is being opened is given its time.
			if (this.current != null && this.current.isConfirmed()) {
				this.reconnectAsked = true;
				this.monitor.notifyAll();
			}
		}
	}

	/**
	 * Waits until the last connection was given back, once the subscriber's own thread
	 * has ended: what it came from may be closed next, and closing it twice is a warning
	 * of Lettuce's.
	 */
	void awaitGivenBack(long deadline) throws InterruptedException {
		Thread last;
		synchronized (this.monitor) {
			last = this.newest;
		}
		if (last != null) {
			last.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
		}
	}

	@Override
	public void run() {
		ChannelConnection deaf = null;
		try {
			while (true) {
				ChannelConnection next = open();
				awaitConfirmation(next);
				if (deaf != null) {
					deaf.close();
				}
				deaf = awaitEnd(next) ? next : null;
				if (deaf == null) {
					next.close();
					TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			if (deaf != null) {
				deaf.close();
			}
			closeCurrent();
		}
	}

	private ChannelConnection open() {
		ChannelConnection next = new ChannelConnection(this.connectionFactory, this.channels, new Receiver() {

			@Override
			public void received(byte[] channel, byte[] message) {
				ChannelSubscriber.this.receiver.received(channel, message);
			}

			@Override
			public void subscribed(byte[] channel) {
				ChannelSubscriber.this.receiver.subscribed(channel);
				changed();
			}

		}, this::changed);
		Thread thread = this.threads.createThread(next);
		synchronized (this.monitor) {
			this.current = next;
			this.newest = thread;
			this.reconnectAsked = false;
		}
		thread.start();
		return next;
	}

	private void changed() {
		synchronized (this.monitor) {
			this.monitor.notifyAll();
		}
	}

	private void awaitConfirmation(ChannelConnection next) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONFIRMATION_MILLIS);
		synchronized (this.monitor) {
			while (!next.isConfirmed() && !next.isEnded()) {
				long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
				if (left <= 0) {
					break;
				}
				this.monitor.wait(left);
			}
		}
		RuntimeException failure = next.failure();
		if (next.isConfirmed()) {
			if (this.failures.reason().isEmpty()) {
				logger.info("Subscribed to {}", this.channels.stream().map(RedisLayout::text).toList());
			}
			this.failures.worked(0);
		}
		else if (failure != null) {
			this.failures.failed(0, RedisFailure.of(failure));
		}
	}

	/** Returns whether it was given up, though it has not ended. */
	private boolean awaitEnd(ChannelConnection connection) throws InterruptedException {
		synchronized (this.monitor) {
			while (connection.isConfirmed() && !connection.isEnded() && !this.reconnectAsked) {
				this.monitor.wait(TICK_MILLIS);
				this.receiver.tick();
			}
			return this.reconnectAsked && !connection.isEnded();
		}
	}

	private void closeCurrent() {
		ChannelConnection last;
		synchronized (this.monitor) {
			last = this.current;
			this.current = null;
		}
		if (last != null) {
			last.close();
		}
	}

	/** What becomes of what the Redis thread brings; must not block. */
	interface Receiver {

		void received(byte[] channel, byte[] message);

		/** A channel was subscribed, and messages may have been missed before. */
		void subscribed(byte[] channel);

		/** Some time has passed. */
		default void tick() {
		}

	}

}
