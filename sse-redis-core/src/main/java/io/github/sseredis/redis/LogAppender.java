package io.github.sseredis.redis;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.sseredis.log.Lineage;
import io.github.sseredis.log.PartitionLog;
import io.github.sseredis.log.Position;
import io.github.sseredis.redis.RedisPartition.Announcement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes the log of a partition: what the subscription hands over is
 * appended in order, what is missing is read from Redis before anything after it.
 *
 * <p>
 * After every (re)subscription the position is compared with Redis before any further
 * message is looked at; messages wait in the inbox, and what they repeat is skipped by
 * its number. Whatever fails, the log ends where it is complete, and the comparison finds
 * the rest.
 */
final class LogAppender implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(LogAppender.class);

	private static final long FIRST_PAUSE_MILLIS = 50;

	private static final long LONGEST_PAUSE_MILLIS = 500;

	/** From when on a call without an answer is talked about. */
	private static final Duration LONG_CALL = Duration.ofSeconds(2);

	private static final int MAX_FOREIGN_EPOCHS = 16;

	private final RedisPartition partition;

	private final PartitionLog log;

	private final Inbox inbox;

	private final RecentEvents recent;

	private final SubscriptionMonitor monitor;

	private final Runnable deaf;

	/** Held by the thread that appends: the next waits until a call has returned. */
	private final ReentrantLock appending = new ReentrantLock();

	/** Since when the appender has been at work; 0 while it waits for messages. */
	private volatile long busy;

	// Guarded by the appending lock.

	private final PositionCheck check = new PositionCheck();

	/** The number up to which the log was written, beyond its end until it is shown. */
	private long last;

	private long pause = FIRST_PAUSE_MILLIS;

	/** Epochs of others who use the channel: each would cost a read a message. */
	private final Set<String> foreignEpochs = new LinkedHashSet<>();

	/**
	 * Creates an appender.
	 * @param deaf is told when nothing can be heard though Redis answers
	 */
	LogAppender(RedisPartition partition, PartitionLog log, Inbox inbox, RecentEvents recent,
			SubscriptionMonitor monitor, Runnable deaf) {
		this.partition = partition;
		this.log = log;
		this.inbox = inbox;
		this.recent = recent;
		this.monitor = monitor;
		this.deaf = deaf;
	}

	@Override
	public void run() {
		try {
			this.appending.lockInterruptibly();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return;
		}
		try {
			while (!Thread.currentThread().isInterrupted()) {
				step();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.appending.unlock();
		}
	}

	private void step() throws InterruptedException {
		try {
			if (this.inbox.clearCompareDue()) {
				this.busy = System.nanoTime();
				compare();
			}
			this.busy = 0;
			List<byte[]> messages = this.inbox.take(this.check.nanosUntilDue());
			this.busy = System.nanoTime();
			messages.forEach(this::received);
			show();
			if (this.check.isDue()) {
				checkPosition();
			}
			this.pause = FIRST_PAUSE_MILLIS;
		}
		catch (EpochChangedException ex) {
			show();
			this.inbox.compare();
		}
		catch (RuntimeException | Error ex) {
			logger.debug("Partition {}", this.partition.number(), ex);
			this.monitor.failed(this.partition.number(), RedisFailure.of(ex));
			show();
			this.inbox.compare();
			TimeUnit.MILLISECONDS.sleep(this.pause);
			this.pause = Math.min(LONGEST_PAUSE_MILLIS, this.pause * 2);
		}
	}

	/** Says so when a call hangs; by any thread. */
	void tick() {
		long since = this.busy;
		Duration time = since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
		if (time.compareTo(LONG_CALL) > 0) {
			this.monitor.failed(this.partition.number(), RedisFailure.noAnswer(time));
		}
	}

	/** How long nothing has been heard of the partition; by any thread. */
	Duration silence() {
		return this.check.silence();
	}

	/** How long the last question took until it was heard; zero if none was. */
	Duration roundTrip() {
		return this.check.roundTrip();
	}

	private void show() {
		if (this.log.lineage() != null && this.last > this.log.end()) {
			this.log.publish(this.last);
		}
	}

	private void compare() {
		catchUp(this.partition.check(this.log.position()));
	}

	private void catchUp(RedisPosition there) {
		this.monitor.read(this.partition.number(), there);
		Lineage here = this.log.lineage();
		if (here == null) {
			this.recent.fill(there);
		}
		else if (!there.epoch().equals(here.epoch())) {
			change(here, there);
		}
		if (there.sequence() > this.log.end()) {
			repair(there.sequence());
		}
		this.last = this.log.end();
	}

	private void change(Lineage here, RedisPosition there) {
		boolean contained = there.lineage().contains(new Position(here.epoch(), this.log.end()));
		logger.info("Partition {} of the event log: epoch {} {} {}", this.partition.number(), there.epoch(),
				contained ? "continues" : "replaces", here.epoch());
		this.foreignEpochs.remove(there.epoch());
		if (contained) {
			this.log.renew(there.lineage());
		}
		else {
			this.recent.fill(there);
		}
	}

	private void repair(long upTo) {
		show();
		this.monitor.hole(this.partition.number(), this.log.end() + 1, upTo);
		this.recent.repair(upTo);
		this.last = this.log.end();
	}

	private void received(byte[] bytes) {
		LiveMessage message = LiveMessage.parse(bytes).orElse(null);
		if (message == null) {
			this.monitor.malformed(this.partition.number());
			return;
		}
		if (!isOfThisEpoch(message.epoch())) {
			return;
		}
		this.check.heard();
		long publishedAt = onOurClock(message.publishedAt());
		message.records().forEach((record) -> append(record, publishedAt));
		if (message.newest() > this.last) {
			repair(message.newest());
		}
	}

	// Of two clocks that differ, the one that is ahead makes events older, never younger
	// than they are here.
	private static long onOurClock(long publishedAt) {
		long millis = publishedAt > 0 ? Math.max(0, System.currentTimeMillis() - publishedAt) : 0;
		return System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(millis);
	}

	private void append(Numbered record, long publishedAt) {
		if (record.sequence() > this.last + 1) {
			repair(record.sequence() - 1);
		}
		if (record.sequence() == this.last + 1) {
			if (record.topic() != null) {
				this.log.append(record.sequence(), record.topic(), record.fields(), publishedAt);
			}
			this.last = record.sequence();
		}
	}

	// Pub/sub does not know databases, so this may also be another application's.
	private boolean isOfThisEpoch(String epoch) {
		if (isEpoch(epoch)) {
			return true;
		}
		boolean first = !this.foreignEpochs.contains(epoch);
		if (first) {
			show();
			RedisPosition there = this.partition.check(this.log.position());
			if (!isEpoch(there.epoch())) {
				catchUp(there);
			}
			if (isEpoch(epoch)) {
				return true;
			}
			this.foreignEpochs.add(epoch);
			if (this.foreignEpochs.size() > MAX_FOREIGN_EPOCHS) {
				this.foreignEpochs.remove(this.foreignEpochs.iterator().next());
			}
		}
		this.monitor.foreign(this.partition.number(), epoch, first);
		return false;
	}

	private boolean isEpoch(String epoch) {
		Lineage here = this.log.lineage();
		return here != null && epoch.equals(here.epoch());
	}

	private void checkPosition() {
		Announcement announced = this.check.announced();
		if (announced == null) {
			long asking = System.nanoTime();
			Announcement answer = this.partition.announce(this.log.position());
			this.check.asked(answer, asking);
			if (!isEpoch(answer.position().epoch())) {
				catchUp(answer.position());
			}
			this.monitor.read(this.partition.number(), answer.position());
			return;
		}
		if (announced.position().sequence() > this.last) {
			compare();
		}
		if (this.check.unheard(announced)) {
			this.monitor.reopened();
			this.deaf.run();
		}
	}

}
