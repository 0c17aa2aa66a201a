package io.github.sseredis.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the Redis thread hands over and the appender has not looked at yet; bounded in
 * bytes. What does not fit is dropped: a hole, and found like any other. The Redis thread
 * adds and the appender takes; it never waits for the appender.
 */
final class Inbox {

	/** What a message costs beyond its bytes while it waits. */
	private static final int OVERHEAD = 64;

	private static final int MAX_TAKEN = 64;

	/** Wakes the appender up. */
	private static final byte[] NOTHING = new byte[0];

	private final long maxBytes;

	private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();

	private final AtomicLong bytes = new AtomicLong();

	private final AtomicLong dropped = new AtomicLong();

	/** Set by whoever knows that messages were missed, cleared by the appender. */
	private volatile boolean compareDue;

	Inbox(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	void add(byte[] message) {
		if (message.length == 0) {
			return;
		}
		int cost = OVERHEAD + message.length;
		if (this.bytes.addAndGet(cost) > this.maxBytes) {
			this.bytes.addAndGet(-cost);
			this.dropped.incrementAndGet();
			return;
		}
		this.messages.add(message);
	}

	/** Asks the appender to compare its position before it looks at another message. */
	void compare() {
		this.compareDue = true;
		this.messages.add(NOTHING);
	}

	/** Whether to compare; asked before it is done, so that none is lost. */
	boolean clearCompareDue() {
		boolean due = this.compareDue;
		this.compareDue = false;
		return due;
	}

	/** Takes what is there; waits for the first up to a time. */
	List<byte[]> take(long nanos) throws InterruptedException {
		byte[] first = this.messages.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
		return first != null ? takeAll(first) : List.of();
	}

	private List<byte[]> takeAll(byte[] first) {
		List<byte[]> taken = new ArrayList<>();
		taken.add(first);
		this.messages.drainTo(taken, MAX_TAKEN - 1);
		taken.removeIf((message) -> message.length == 0);
		for (byte[] message : taken) {
			this.bytes.addAndGet(-OVERHEAD - message.length);
		}
		return taken;
	}

	/** The number of messages that did not fit. */
	long dropped() {
		return this.dropped.get();
	}

}
