package io.github.sseredis.redis;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.Subscription;
import org.springframework.data.redis.connection.SubscriptionListener;

/**
 * Keeps a connection subscribed to channels. With Lettuce {@code subscribe} returns and
 * the driver reconnects by itself, telling only by another confirmation; with Jedis it
 * blocks until the connection is lost. Either way each confirmation of the last channel
 * means that messages may have been missed before it.
 */
final class ChannelSubscriber implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(RedisSubscription.class);

	private static final long RETRY_MILLIS = 500;

	private final RedisConnectionFactory connectionFactory;

	private final RedisOptions options;

	private final List<byte[]> channels;

	private final Receiver receiver;

	/** Guards the current connection, which others close. */
	private final Object monitor = new Object();

	private @Nullable RedisConnection connection;

	private boolean reconnectAsked;

	private volatile boolean subscribed;

	private volatile boolean closed;

	/** Whether a failure has been logged since the last confirmation. */
	private volatile boolean failing;

	ChannelSubscriber(RedisConnectionFactory connectionFactory, RedisOptions options, List<byte[]> channels,
			Receiver receiver) {
		this.connectionFactory = connectionFactory;
		this.options = options;
		this.channels = channels;
		this.receiver = receiver;
	}

	boolean isSubscribed() {
		return this.subscribed;
	}

	boolean isFailing() {
		return this.failing;
	}

	@Override
	public void run() {
		this.closed = false;
		try {
			while (!this.closed) {
				subscribeOnce();
				this.subscribed = false;
				if (!this.closed) {
					TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			release();
		}
	}

	private void subscribeOnce() throws InterruptedException {
		try {
			RedisConnection current = this.connectionFactory.getConnection();
			synchronized (this.monitor) {
				this.connection = current;
				this.reconnectAsked = false;
			}
			current.subscribe(new Listener(), this.channels.toArray(new byte[0][]));
			awaitEnd(current);
		}
		catch (RuntimeException ex) {
			if (!this.closed && !this.failing) {
				this.failing = true;
				logger.warn("No events are received from Redis, and streams wait. {}. To run a single instance "
						+ "without Redis, set sse.broadcaster=local", RedisFailure.of(ex).advice(this.options));
			}
		}
		finally {
			release();
		}
	}

	// A driver that does not block is subscribed now, one that blocks no longer is.
	private void awaitEnd(RedisConnection current) throws InterruptedException {
		synchronized (this.monitor) {
			while (current.isSubscribed() && !this.reconnectAsked && !this.closed) {
				this.monitor.wait();
			}
		}
	}

	/** Gives up the connection, and subscribes on a new one. */
	void reconnect() {
		logger.info("The subscription receives nothing and is opened anew");
		synchronized (this.monitor) {
			this.reconnectAsked = true;
			this.monitor.notifyAll();
			unblock();
		}
	}

	void close() {
		this.closed = true;
		synchronized (this.monitor) {
			this.monitor.notifyAll();
			unblock();
		}
	}

	// Lets a subscribe return that blocks.
	private void unblock() {
		RedisConnection current = this.connection;
		try {
			Subscription subscription = current != null ? current.getSubscription() : null;
			if (subscription != null && subscription.isAlive()) {
				subscription.close();
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The subscription could not be closed: {}", ex.toString());
		}
	}

	private void release() {
		RedisConnection current;
		synchronized (this.monitor) {
			current = this.connection;
			this.connection = null;
		}
		try {
			if (current != null) {
				current.close();
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The connection of the subscription could not be closed: {}", ex.toString());
		}
	}

	/** What becomes of what the Redis thread brings; must not block. */
	interface Receiver {

		void received(byte[] channel, byte[] message);

		void subscribed();

	}

	private final class Listener implements MessageListener, SubscriptionListener {

		private final AtomicInteger confirmed = new AtomicInteger();

		@Override
		public void onMessage(Message message, byte @Nullable [] pattern) {
			ChannelSubscriber.this.receiver.received(message.getChannel(), message.getBody());
		}

		@Override
		public void onChannelSubscribed(byte[] channel, long count) {
			if (this.confirmed.incrementAndGet() % ChannelSubscriber.this.channels.size() == 0) {
				ChannelSubscriber.this.subscribed = true;
				ChannelSubscriber.this.failing = false;
				logger.info("Subscribed to {}",
						ChannelSubscriber.this.channels.stream().map(RedisLayout::text).toList());
				ChannelSubscriber.this.receiver.subscribed();
			}
		}

	}

}
