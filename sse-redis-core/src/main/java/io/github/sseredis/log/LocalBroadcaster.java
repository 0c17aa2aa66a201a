package io.github.sseredis.log;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.github.sseredis.AbstractBroadcaster;
import io.github.sseredis.EncodedEvent;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.EventId;
import io.github.sseredis.PublishFuture;
import org.jspecify.annotations.Nullable;

/**
 * A broadcaster within one process: the semantics of the one over Redis without Redis.
 * Events are kept in the event log only, so they survive a reconnect but no restart.
 * Thread-safe.
 */
public final class LocalBroadcaster extends AbstractBroadcaster {

	private final EventLog log;

	private final long idempotencyNanos;

	private final LongSupplier ticker;

	/**
	 * Makes whoever holds it the one thread that appends. Held for an append and its
	 * signals; nothing in there blocks.
	 */
	private final ReentrantLock appending = new ReentrantLock();

	// Guarded by the lock.

	private final Map<String, Published> byKey = new LinkedHashMap<>();

	/**
	 * Creates the broadcaster and begins its log.
	 * @param log the log of this process
	 * @param idempotencyTtl how long an idempotency key is remembered
	 */
	public LocalBroadcaster(EventLog log, EventEncoder encoder, Duration idempotencyTtl) {
		this(log, encoder, idempotencyTtl, System::nanoTime);
	}

	LocalBroadcaster(EventLog log, EventEncoder encoder, Duration idempotencyTtl, LongSupplier ticker) {
		super(encoder);
		this.log = log;
		this.idempotencyNanos = idempotencyTtl.toNanos();
		this.ticker = ticker;
		for (PartitionLog partition : log.partitions()) {
			partition.start(new Lineage(Position.newEpoch(), List.of()), 0);
			partition.publish(0);
		}
	}

	@Override
	public EventId lastEventId() {
		return this.log.lastEventId();
	}

	@Override
	protected void send(EncodedEvent event, PublishFuture future) {
		EventId id;
		this.appending.lock();
		try {
			EventId earlier = event.idempotencyKey() != null ? earlier(event) : null;
			id = earlier != null ? earlier : append(event);
		}
		finally {
			this.appending.unlock();
		}
		future.succeed(id);
	}

	@Override
	protected int connectionCount(String topic) {
		return this.log.subscriberCount(topic);
	}

	private EventId append(EncodedEvent event) {
		PartitionLog partition = this.log.partitionOf(event.topic());
		long sequence = partition.end() + 1;
		partition.append(sequence, event.topic(), event.fields(), this.ticker.getAsLong());
		partition.publish(sequence);
		@Nullable Position[] positions = new @Nullable Position[this.log.partitions().size()];
		positions[partition.partition()] = partition.position();
		EventId id = Cursor.of(positions).toEventId();
		if (event.idempotencyKey() != null) {
			this.byKey.put(key(event), new Published(id, this.ticker.getAsLong()));
		}
		return id;
	}

	private @Nullable EventId earlier(EncodedEvent event) {
		long now = this.ticker.getAsLong();
		Iterator<Published> oldest = this.byKey.values().iterator();
		while (oldest.hasNext() && now - oldest.next().at() > this.idempotencyNanos) {
			oldest.remove();
		}
		Published earlier = this.byKey.get(key(event));
		return earlier != null ? earlier.id() : null;
	}

	// The length keeps topic and key apart whatever they contain.
	private static String key(EncodedEvent event) {
		return event.topic().length() + ":" + event.topic() + ":" + event.idempotencyKey();
	}

	private record Published(EventId id, long at) {

	}

}
