package io.github.sseredis.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.github.sseredis.AbstractBroadcaster;
import io.github.sseredis.EncodedEvent;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.EventId;
import io.github.sseredis.PublishFuture;

/** Makes events on their way to Redis. */
final class Events {

	private static final AtomicLong numbers = new AtomicLong();

	private Events() {
	}

	static PendingEvent pending(EncodedEvent event) {
		return pending(event, System.nanoTime() + 60_000_000_000L);
	}

	static PendingEvent pending(EncodedEvent event, long deadline) {
		return new PendingEvent(event, future(), numbers.incrementAndGet(), deadline);
	}

	static PendingEvent pending(String topic, String data) {
		return pending(new EncodedEvent(topic, data.getBytes(java.nio.charset.StandardCharsets.UTF_8), null));
	}

	/** The future that a broadcaster hands out. */
	static PublishFuture future() {
		return new Broadcast().future();
	}

	private static final class Broadcast extends AbstractBroadcaster {

		private PublishFuture future;

		Broadcast() {
			super(new EventEncoder(String::valueOf, 0));
		}

		PublishFuture future() {
			CompletableFuture<EventId> returned = broadcast("topic", "data");
			assert returned == this.future;
			return this.future;
		}

		@Override
		public EventId lastEventId() {
			return EventId.NONE;
		}

		@Override
		protected void send(EncodedEvent event, PublishFuture future) {
			this.future = future;
		}

		@Override
		protected int connectionCount(String topic) {
			return 0;
		}

	}

}
