package io.github.sseredis.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.PartitionLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.CustomizableThreadCreator;

/**
 * The one subscription of an instance, which feeds its event log: a connection of its own
 * on a channel for each partition. Starts when all beans are there, before the web
 * server, and stops after the last stream has ended; a Redis that cannot be reached stops
 * neither.
 */
public final class RedisSubscription implements SmartLifecycle, SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(RedisSubscription.class);

	/** Below the registry, above the web server's wait for its requests. */
	static final int PHASE = DEFAULT_PHASE - 1023;

	private static final long INBOX_BYTES = 32L * 1024 * 1024;

	private static final long STOP_PATIENCE_MILLIS = 1000;

	private static final long STOP_STEP_MILLIS = 50;

	private final SubscriptionMonitor monitor;

	private final ChannelSubscriber subscriber;

	/** By partition. */
	private final List<Inbox> inboxes = new ArrayList<>();

	private final List<LogAppender> appenders = new ArrayList<>();

	private final List<RedisHistory> histories = new ArrayList<>();

	// Guarded by this.

	private List<Thread> threads = List.of();

	private volatile boolean running;

	/**
	 * Creates a subscription.
	 * @param log the log to feed
	 * @param memory the memory of the log, in bytes
	 */
	public RedisSubscription(RedisConnectionFactory connectionFactory, RedisOptions options, EventLog log,
			long memory) {
		List<RedisPartition> partitions = log.partitions()
			.stream()
			.map((partition) -> new RedisPartition(connectionFactory, options, partition.partition()))
			.toList();
		List<byte[]> channels = partitions.stream().map(RedisPartition::channel).toList();
		this.monitor = new SubscriptionMonitor(options);
		this.subscriber = new ChannelSubscriber(connectionFactory, options, channels, new Receiver(channels));
		for (RedisPartition partition : partitions) {
			PartitionLog partitionLog = log.partitions().get(partition.number());
			Inbox inbox = new Inbox(INBOX_BYTES / partitions.size());
			RecentEvents recent = new RecentEvents(partition, partitionLog, memory / partitions.size(), this.monitor);
			this.inboxes.add(inbox);
			this.appenders
				.add(new LogAppender(partition, partitionLog, inbox, recent, this.monitor, this.subscriber::reconnect));
			RedisHistory history = new RedisHistory(partition, partitionLog, inbox::compare);
			partitionLog.keptIn(history);
			this.histories.add(history);
		}
	}

	@Override
	public void afterSingletonsInstantiated() {
		start();
	}

	@Override
	public synchronized void start() {
		if (this.running) {
			return;
		}
		List<Runnable> tasks = new ArrayList<>(this.appenders);
		tasks.addAll(this.histories);
		tasks.add(this.subscriber);
		CustomizableThreadCreator threadCreator = new CustomizableThreadCreator("sse-subscription-");
		threadCreator.setDaemon(true);
		this.threads = tasks.stream().map(threadCreator::createThread).toList();
		this.threads.forEach(Thread::start);
		this.running = true;
	}

	@Override
	public synchronized void stop() {
		if (!this.running) {
			return;
		}
		long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_PATIENCE_MILLIS);
		try {
			while (this.threads.stream().anyMatch(Thread::isAlive) && System.nanoTime() - deadline < 0) {
				// Again and again: a call that is given up takes an interrupt for its
				// own.
				this.threads.forEach(Thread::interrupt);
				for (Thread thread : this.threads) {
					thread.join(STOP_STEP_MILLIS);
				}
			}
			this.subscriber.awaitGivenBack(deadline);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.running = false;
		logger.debug("The subscription has ended");
	}

	/** Whether messages of all channels are being received, as far as is known. */
	public boolean isSubscribed() {
		return this.subscriber.isSubscribed();
	}

	/** Whether the last attempt to subscribe failed; another one follows. */
	public boolean isFailing() {
		return this.subscriber.isFailing();
	}

	/**
	 * Whether events arrive and can be read, as far as is known: a driver that reconnects
	 * by itself does not say that it has to.
	 */
	public boolean isReceiving() {
		return isSubscribed() && failure().isEmpty();
	}

	/** Why events cannot be read from Redis; empty if they can, as far as is known. */
	public String failure() {
		return this.monitor.lastFailure();
	}

	/** How long nothing has been heard of the quietest partition. */
	public Duration silence() {
		return this.appenders.stream().map(LogAppender::silence).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
	}

	/**
	 * How long the last question to Redis took until it was heard on the channel, of the
	 * slowest partition; zero if none was. Questions are asked when nothing else is heard
	 * for about three seconds.
	 */
	public Duration roundTrip() {
		return this.appenders.stream().map(LogAppender::roundTrip).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
	}

	/** How often events did not arrive and had to be read from Redis. */
	public long holes() {
		return this.monitor.holes();
	}

	/** How often Redis no longer had them, so that clients are replayed or reset. */
	public long unrepairedHoles() {
		return this.monitor.unrepaired();
	}

	/** The number of messages of others on our channels. */
	public long foreignMessages() {
		return this.monitor.foreignMessages();
	}

	/** The number of messages and of recent entries that nobody of us has written. */
	public long malformedMessages() {
		return this.monitor.malformedMessages();
	}

	/** The number of messages that came faster than they could be looked at. */
	public long overflowedMessages() {
		return this.inboxes.stream().mapToLong(Inbox::dropped).sum();
	}

	/** How often the subscription was found to hear nothing and was opened anew. */
	public long reopenings() {
		return this.monitor.reopenings();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/** Hands over what the Redis thread brings; looks at nothing but the channel. */
	private final class Receiver implements ChannelSubscriber.Receiver {

		private final List<byte[]> channels;

		Receiver(List<byte[]> channels) {
			this.channels = channels;
		}

		@Override
		public void received(byte[] channel, byte[] message) {
			forInbox(channel, (inbox) -> inbox.add(message));
		}

		@Override
		public void subscribed(byte[] channel) {
			forInbox(channel, Inbox::compare);
		}

		@Override
		public void tick() {
			RedisSubscription.this.appenders.forEach(LogAppender::tick);
		}

		private void forInbox(byte[] channel, Consumer<Inbox> action) {
			for (int i = 0; i < this.channels.size(); i++) {
				if (Arrays.equals(channel, this.channels.get(i))) {
					action.accept(RedisSubscription.this.inboxes.get(i));
				}
			}
		}

	}

}
