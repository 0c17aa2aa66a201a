package io.github.sseredis.redis;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.sseredis.redis.ChannelSubscriber.Receiver;
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
 * One connection that is subscribed to channels, from its opening to its end. With
 * Lettuce {@code subscribe} returns, and the driver reconnects by itself, telling only by
 * another confirmation; with Jedis it blocks until the connection is lost. Either way
 * each confirmation of a channel means that messages may have been missed before it.
 */
final class ChannelConnection implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(ChannelConnection.class);

	private final RedisConnectionFactory connectionFactory;

	private final List<byte[]> channels;

	private final Receiver receiver;

	private final Runnable changed;

	private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

	private volatile boolean ended;

	private volatile @Nullable RuntimeException failure;

	/** Guards what follows: who subscribes and who closes meet here. */
	private final Object monitor = new Object();

	private @Nullable RedisConnection connection;

	/** The thread, while it gets a connection. */
	private @Nullable Thread connecting;

	/** The thread, while it is in {@code subscribe}. */
	private volatile @Nullable Thread subscribing;

	private volatile boolean closed;

	/**
	 * Creates a connection, which is opened by its thread.
	 * @param changed is told when it has ended
	 */
	ChannelConnection(RedisConnectionFactory connectionFactory, List<byte[]> channels, Receiver receiver,
			Runnable changed) {
		this.connectionFactory = connectionFactory;
		this.channels = channels;
		this.receiver = receiver;
		this.changed = changed;
	}

	/** Whether every channel was confirmed. */
	boolean isConfirmed() {
		return this.confirmed.size() == this.channels.size();
	}

	boolean isEnded() {
		return this.ended;
	}

	/** Why it has ended; null if nothing went wrong. */
	@Nullable RuntimeException failure() {
		return this.failure;
	}

	@Override
	public void run() {
		RedisConnection opened = null;
		try {
			opened = connect();
			if (beginSubscribing(opened)) {
				opened.subscribe(new Listener(), this.channels.toArray(new byte[0][]));
				awaitEnd(opened);
			}
		}
		catch (RuntimeException ex) {
			this.failure = ex;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.subscribing = null;
			this.ended = true;
			this.changed.run();
			release(opened);
		}
	}

	private RedisConnection connect() {
		synchronized (this.monitor) {
			this.connecting = Thread.currentThread();
		}
		try {
			return this.connectionFactory.getConnection();
		}
		catch (RuntimeException ex) {
			throw new NoConnectionException(ex);
		}
		finally {
			synchronized (this.monitor) {
				this.connecting = null;
			}
		}
	}

	// An interrupt that came a moment too late is none: interrupted, Jedis stops reading
	// before the last answer, and whoever gets the connection next would get that.
	private boolean beginSubscribing(RedisConnection opened) {
		synchronized (this.monitor) {
			if (Thread.interrupted() || this.closed) {
				return false;
			}
			this.connection = opened;
			this.subscribing = Thread.currentThread();
			return true;
		}
	}

	// A driver that does not block is subscribed now, one that blocks no longer is.
	private void awaitEnd(RedisConnection opened) throws InterruptedException {
		synchronized (this.monitor) {
			this.subscribing = null;
			while (opened.isSubscribed() && !this.closed) {
				this.monitor.wait();
			}
		}
	}

	private static void release(@Nullable RedisConnection opened) {
		try {
			if (opened != null) {
				opened.close();
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The connection of the subscription could not be closed: {}", ex.toString());
		}
	}

	/** Hears nothing more, and lets the thread end as soon as the driver lets it. */
	void close() {
		this.closed = true;
		synchronized (this.monitor) {
			this.monitor.notifyAll();
			if (this.connecting != null) {
				this.connecting.interrupt();
			}
			// Before the first confirmation the driver cannot do it.
			if (this.subscribing != null && this.connection != null && !this.confirmed.isEmpty()) {
				unsubscribe(this.connection);
			}
		}
	}

	// For a driver that blocks. On a connection that is half open, this is what makes the
	// operating system notice.
	private static void unsubscribe(RedisConnection blocked) {
		try {
			Subscription subscription = blocked.getSubscription();
			if (subscription != null) {
				subscription.close();
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The subscription could not be closed: {}", ex.toString());
		}
	}

	private final class Listener implements MessageListener, SubscriptionListener {

		@Override
		public void onMessage(Message message, byte @Nullable [] pattern) {
			if (!ChannelConnection.this.closed) {
				ChannelConnection.this.receiver.received(message.getChannel(), message.getBody());
			}
		}

		@Override
		public void onChannelSubscribed(byte[] channel, long count) {
			ChannelConnection.this.confirmed.add(RedisLayout.text(channel));
			if (!ChannelConnection.this.closed) {
				ChannelConnection.this.receiver.subscribed(channel);
			}
			else if (Thread.currentThread().equals(ChannelConnection.this.subscribing)) {
				// Closed while it was being opened: only now can that be ended.
				close();
			}
		}

	}

}
