package io.github.sseredis.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

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

	private final ChannelSubscriber subscriber;

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
		this.subscriber = new ChannelSubscriber(connectionFactory, options, channels, new Receiver(channels));
		for (RedisPartition partition : partitions) {
			PartitionLog partitionLog = log.partitions().get(partition.number());
			this.appenders.add(new LogAppender(partition, partitionLog, memory / options.partitions(),
					this.subscriber::reconnect));
			RedisHistory history = new RedisHistory(partition, partitionLog);
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
		this.subscriber.close();
		this.threads.forEach(Thread::interrupt);
		try {
			for (Thread thread : this.threads) {
				thread.join(TimeUnit.SECONDS.toMillis(1));
			}
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
			for (int i = 0; i < this.channels.size(); i++) {
				if (Arrays.equals(channel, this.channels.get(i))) {
					RedisSubscription.this.appenders.get(i).received(message);
				}
			}
		}

		@Override
		public void subscribed() {
			RedisSubscription.this.appenders.forEach(LogAppender::compare);
		}

	}

}
