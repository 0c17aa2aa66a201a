package io.github.sseredis.redis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.sseredis.log.Lineage;
import io.github.sseredis.log.PartitionLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes the log of a partition: what the subscription hands over is
 * appended in order, what is missing is read from Redis before anything after it.
 *
 * <p>
 * The Redis thread only puts messages into the inbox. It is bounded: what does not fit is
 * a hole, and found like any other. After every (re)subscription the position is compared
 * with Redis before any further message is looked at; messages wait in the inbox, and
 * what they repeat is skipped by its number.
 */
final class LogAppender implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(LogAppender.class);

	private static final long MAX_INBOX_BYTES = 32L * 1024 * 1024;

	private static final int MAX_MESSAGES_PER_APPEND = 64;

	/** After so long without a message the position is compared. */
	private static final long QUIET_MILLIS = 3000;

	/** What is in Redis and not here may still be under way for so long. */
	private static final long IN_FLIGHT_MILLIS = 250;

	private static final long RETRY_MILLIS = 500;

	private static final int MAX_FOREIGN_EPOCHS = 16;

	private static final byte[] NOTHING = new byte[0];

	private final RedisPartition partition;

	private final PartitionLog log;

	private final RecentEvents recent;

	private final Runnable resubscribe;

	private final BlockingQueue<byte[]> inbox = new LinkedBlockingQueue<>();

	private final AtomicLong inboxBytes = new AtomicLong();

	/** Set by the subscription, cleared by the appender before it compares. */
	private volatile boolean compareDue;

	// Touched by the appender's thread only.

	private long awaited;

	private int timesDeaf;

	/** Epochs of others who use the channel: each would cost a read a message. */
	private final Set<String> foreignEpochs = new LinkedHashSet<>();

	LogAppender(RedisPartition partition, PartitionLog log, long memory, Runnable resubscribe) {
		this.partition = partition;
		this.log = log;
		this.recent = new RecentEvents(partition, log, memory);
		this.resubscribe = resubscribe;
	}

	/** Takes a message; by the Redis thread. */
	void received(byte[] message) {
		if (this.inboxBytes.addAndGet(message.length) > MAX_INBOX_BYTES) {
			this.inboxBytes.addAndGet(-message.length);
			return;
		}
		this.inbox.add(message);
	}

	/** Notes that messages may have been missed; by any thread. */
	void compare() {
		this.compareDue = true;
		this.inbox.add(NOTHING);
	}

	@Override
	public void run() {
		try {
			while (!Thread.currentThread().isInterrupted()) {
				step();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void step() throws InterruptedException {
		if (this.compareDue && !tryCompare()) {
			TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
			return;
		}
		byte[] message = this.inbox.poll(this.awaited > 0 ? IN_FLIGHT_MILLIS : QUIET_MILLIS, TimeUnit.MILLISECONDS);
		try {
			if (message == null) {
				checkWhenQuiet();
			}
			else {
				append(message);
			}
		}
		catch (RuntimeException ex) {
			// What could not be appended is found missing by the comparison.
			logger.debug("Partition {}: {}", this.partition.number(), ex.toString());
			this.compareDue = true;
		}
	}

	private boolean tryCompare() {
		this.compareDue = false;
		try {
			catchUp(this.partition.check(this.log.position()));
			return true;
		}
		catch (RuntimeException ex) {
			logger.debug("Partition {} cannot be compared: {}", this.partition.number(), ex.toString());
			this.compareDue = true;
			return false;
		}
	}

	private void catchUp(RedisPosition there) {
		this.awaited = 0;
		Lineage here = this.log.lineage();
		if (here == null) {
			this.recent.fill(there);
			return;
		}
		if (!there.epoch().equals(here.epoch())) {
			boolean contained = there.was() != null && there.was().epoch().equals(here.epoch())
					&& this.log.end() <= there.was().sequence();
			logger.info("Partition {} of the event log: epoch {} {} {}", this.partition.number(), there.epoch(),
					contained ? "continues" : "replaces", here.epoch());
			if (!contained) {
				this.recent.fill(there);
				return;
			}
			this.log.renew(there.lineage());
		}
		if (there.sequence() > this.log.end()) {
			this.recent.repair(there.sequence());
		}
	}

	private void append(byte[] first) {
		List<byte[]> messages = new ArrayList<>();
		messages.add(first);
		this.inbox.drainTo(messages, MAX_MESSAGES_PER_APPEND - 1);
		long last = this.log.end();
		for (byte[] message : messages) {
			this.inboxBytes.addAndGet(-message.length);
			if (message.length > 0 && this.log.lineage() != null) {
				last = Math.max(last, append(LiveMessage.parse(message), last));
			}
		}
		if (this.log.lineage() != null && last > this.log.end()) {
			this.log.publish(last);
			this.timesDeaf = 0;
		}
	}

	private long append(Optional<LiveMessage> parsed, long before) {
		LiveMessage message = parsed.orElse(null);
		if (message == null || !isOfThisEpoch(message.epoch())) {
			return before;
		}
		long last = Math.max(before, this.log.end());
		for (Numbered record : message.records()) {
			if (record.sequence() > last + 1) {
				this.log.publish(last);
				this.recent.repair(record.sequence() - 1);
				last = this.log.end();
			}
			if (record.sequence() == last + 1) {
				if (record.topic() != null) {
					this.log.append(record.sequence(), record.topic(), record.fields());
				}
				last = record.sequence();
			}
		}
		return last;
	}

	// Pub/sub does not know databases, so this may also be another application's.
	private boolean isOfThisEpoch(String epoch) {
		Lineage here = this.log.lineage();
		if (here != null && epoch.equals(here.epoch())) {
			return true;
		}
		if (this.foreignEpochs.contains(epoch)) {
			return false;
		}
		catchUp(this.partition.check(this.log.position()));
		Lineage now = this.log.lineage();
		if (now != null && epoch.equals(now.epoch())) {
			return true;
		}
		logger.warn("Partition {}: messages of a foreign epoch {} are skipped; another application uses the channel {}",
				this.partition.number(), epoch, RedisLayout.text(this.partition.channel()));
		this.foreignEpochs.add(epoch);
		if (this.foreignEpochs.size() > MAX_FOREIGN_EPOCHS) {
			this.foreignEpochs.remove(this.foreignEpochs.iterator().next());
		}
		return false;
	}

	private void checkWhenQuiet() {
		RedisPosition there = this.partition.check(this.log.position());
		Lineage here = this.log.lineage();
		if (here == null || !there.epoch().equals(here.epoch())) {
			catchUp(there);
		}
		else if (there.sequence() <= this.log.end()) {
			this.awaited = 0;
		}
		else if (this.awaited == 0) {
			this.awaited = there.sequence();
		}
		else if (this.log.end() < this.awaited) {
			logger.info("Partition {}: events up to {} did not arrive and are read from Redis", this.partition.number(),
					there.sequence());
			catchUp(there);
			if (++this.timesDeaf == 2) {
				this.timesDeaf = 0;
				this.resubscribe.run();
			}
		}
		else {
			this.awaited = 0;
		}
	}

}
