package io.github.sseredis.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.sseredis.AbstractBroadcaster;
import io.github.sseredis.BroadcastException.Outcome;
import io.github.sseredis.EncodedEvent;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.EventId;
import io.github.sseredis.PublishFuture;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.Position;
import io.github.sseredis.log.TopicPartitions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.CustomizableThreadCreator;

/**
 * The broadcaster over Redis. Events wait in memory, within {@code sse.publish.buffer}
 * and {@code sse.publish.timeout}, while Redis does not take them, and are then sent in
 * order and once. It stops after the web server, so that what the last requests publish
 * still goes out. Thread-safe.
 *
 * @see <a href="https://redis.io/commands/evalsha/">EVALSHA</a>
 * @see <a href="https://redis.io/commands/publish/">PUBLISH</a>
 * @see <a href="https://redis.io/commands/xadd/">XADD</a>
 */
public final class RedisBroadcaster extends AbstractBroadcaster implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(RedisBroadcaster.class);

	/** After the connection factory has started, before it stops. */
	static final int PHASE = 1000;

	/** Own events that may be published and not yet have come back. */
	private static final long MAX_AHEAD = 2000;

	private static final long EXPIRY_CHECK_MILLIS = 50;

	/** What stopping waits for events to be sent, if Redis takes them. */
	private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

	/** What it waits for one call, which may be the first and have to connect. */
	private static final Duration CALL_PATIENCE = Duration.ofSeconds(4);

	private final RedisOptions options;

	private final @Nullable EventLog log;

	private final TopicPartitions topicPartitions;

	private final List<SendQueue> queues = new ArrayList<>();

	private final List<OrderedSender> senders = new ArrayList<>();

	private final AtomicLong buffered = new AtomicLong();

	private final AtomicLong sent = new AtomicLong();

	/** The name of this process' senders. */
	private final String sender = Position.newEpoch() + Position.newEpoch();

	private final PublishMonitor monitor;

	private final Completions completions = new Completions();

	// Guarded by this.

	private List<Thread> threads = List.of();

	private @Nullable ScheduledThreadPoolExecutor timer;

	private volatile boolean running;

	/**
	 * Creates a broadcaster.
	 * @param log the log of this instance; null if it serves no clients
	 */
	public RedisBroadcaster(RedisConnectionFactory connectionFactory, RedisOptions options, EventEncoder encoder,
			@Nullable EventLog log) {
		super(encoder);
		this.options = options;
		this.log = log;
		this.topicPartitions = new TopicPartitions(options.partitions());
		this.monitor = new PublishMonitor(options);
		for (int i = 0; i < options.partitions(); i++) {
			int number = i;
			RedisPartition partition = new RedisPartition(connectionFactory, options, number);
			SendQueue queue = new SendQueue(this.buffered);
			this.queues.add(queue);
			this.senders.add(new OrderedSender(partition, options.partitions(), this.sender, queue, this.completions,
					this.monitor, new OwnEcho(log != null ? () -> seen(number) : null, maxAhead(options))));
		}
	}

	@Override
	public EventId lastEventId() {
		return this.log != null ? this.log.lastEventId() : EventId.NONE;
	}

	@Override
	protected void send(EncodedEvent event, PublishFuture future) {
		long deadline = System.nanoTime() + this.options.publish().timeout().toNanos();
		PendingEvent pending = new PendingEvent(event, future, this.sent.incrementAndGet(), deadline);
		if (this.buffered.addAndGet(pending.bytes()) > this.options.publish().buffer()) {
			this.buffered.addAndGet(-pending.bytes());
			pending.fail(Outcome.NOT_SENT, "the events that wait for Redis fill sse.publish.buffer ("
					+ this.options.publish().buffer() + " bytes) " + this.monitor.lastFailure(), null);
		}
		else {
			addToSender(pending);
		}
	}

	private void addToSender(PendingEvent event) {
		if (!this.queues.get(this.topicPartitions.of(event.event().topic())).add(event)) {
			this.buffered.addAndGet(-event.bytes());
			event.fail(Outcome.NOT_SENT, "the application has stopped", null);
		}
	}

	@Override
	protected int connectionCount(String topic) {
		return this.log != null ? this.log.subscriberCount(topic) : 0;
	}

	/** The number of events that wait to be published, or for the answer to that. */
	public long pendingEvents() {
		return this.queues.stream().mapToLong(SendQueue::size).sum();
	}

	/** The bytes of the events that wait to be published. */
	public long bufferedBytes() {
		return this.buffered.get();
	}

	/** Why events cannot be published; empty if they can, as far as is known. */
	public String failure() {
		return this.monitor.lastFailure();
	}

	private @Nullable Position seen(int partition) {
		return this.log != null ? this.log.partitions().get(partition).position() : null;
	}

	private static long maxAhead(RedisOptions options) {
		return Math.min(MAX_AHEAD, options.history().perPartition() / 2);
	}

	@Override
	public synchronized void start() {
		if (this.running) {
			return;
		}
		CustomizableThreadCreator threadCreator = new CustomizableThreadCreator("sse-sender-");
		threadCreator.setDaemon(true);
		this.queues.forEach(SendQueue::restart);
		this.threads = this.senders.stream().map(threadCreator::createThread).toList();
		this.threads.forEach(Thread::start);
		CustomizableThreadCreator timerThread = new CustomizableThreadCreator("sse-publish-timer-");
		timerThread.setDaemon(true);
		this.timer = new ScheduledThreadPoolExecutor(1, timerThread::createThread);
		this.timer.scheduleWithFixedDelay(this::expire, EXPIRY_CHECK_MILLIS, EXPIRY_CHECK_MILLIS,
				TimeUnit.MILLISECONDS);
		this.running = true;
	}

	private void expire() {
		try {
			long now = System.nanoTime();
			this.senders.forEach((sender) -> sender.expire(now, this.options.publish().timeout()));
		}
		catch (RuntimeException | Error ex) {
			// A periodic task that throws would never run again.
			logger.error("Events that have waited too long were not given up, and will be", ex);
		}
	}

	@Override
	public void stop(Runnable callback) {
		new Thread(() -> {
			stop();
			callback.run();
		}, "sse-publish-stop").start();
	}

	@Override
	public synchronized void stop() {
		if (!this.running) {
			return;
		}
		try {
			awaitSent();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.senders.forEach(OrderedSender::stop);
		this.threads.forEach(Thread::interrupt);
		if (this.timer != null) {
			this.timer.shutdownNow();
		}
		this.running = false;
	}

	private void awaitSent() throws InterruptedException {
		long deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
		for (SendQueue queue : this.queues) {
			if (!queue.awaitEmpty(Duration.ofNanos(deadline - System.nanoTime()), CALL_PATIENCE,
					this.monitor::isRefused)) {
				logger.warn("The application stops with {} bytes of events that Redis did not take. {}",
						this.buffered.get(), this.monitor.lastFailure());
				return;
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
