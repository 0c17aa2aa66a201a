package io.github.sseredis;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import io.github.sseredis.BroadcastException.Outcome;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all broadcasters share: events are encoded on the caller's thread, once, before
 * anything else can go wrong with them; what cannot be encoded fails the future.
 */
public abstract class AbstractBroadcaster implements Broadcaster {

	private static final Logger logger = LoggerFactory.getLogger(Broadcaster.class);

	private final EventEncoder encoder;

	private final PublishFailures failures = new PublishFailures(System::nanoTime);

	private volatile ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

	private volatile PublishListener publishListener = new PublishListener() {
	};

	protected AbstractBroadcaster(EventEncoder encoder) {
		this.encoder = encoder;
	}

	/**
	 * Sets where publications are observed, each as {@code sse.publish}, a child of what
	 * the caller's thread observes, from the call (or the commit) to the end of the
	 * future. Nowhere if not set.
	 */
	public final void setObservationRegistry(ObservationRegistry observationRegistry) {
		this.observationRegistry = observationRegistry;
	}

	/** Sets what sees the events that are published; nothing if not set. */
	public final void setPublishListener(PublishListener publishListener) {
		this.publishListener = publishListener;
	}

	@Override
	public final CompletableFuture<EventId> broadcast(String topic, SseEvent event) {
		return broadcast(topic, event, new PublishFuture(this.failures));
	}

	/**
	 * As {@link #broadcast(String, SseEvent)}, for a caller that waits from the
	 * beginning: even what fails at once is not a failure that nobody observes.
	 * @param outcome takes the ID or the failure
	 */
	public final void broadcast(String topic, SseEvent event,
			BiConsumer<? super @Nullable EventId, ? super @Nullable Throwable> outcome) {
		PublishFuture future = new PublishFuture(this.failures);
		future.whenComplete(outcome);
		broadcast(topic, event, future);
	}

	private PublishFuture broadcast(String topic, SseEvent event, PublishFuture future) {
		EncodedEvent encoded = encode(topic, event, future);
		if (encoded != null) {
			publish(new Publication(topic, event, PushPhase.NOW), encoded, future);
		}
		return future;
	}

	@Override
	public final CompletableFuture<EventId> broadcast(String topic, Object data) {
		return broadcast(topic, asEvent(data));
	}

	@Override
	public final CompletableFuture<EventId> broadcastAfterCommit(String topic, SseEvent event) {
		return broadcastAfterCommit(topic, event, new PublishFuture(this.failures));
	}

	/**
	 * As {@link #broadcastAfterCommit(String, SseEvent)}, for a caller that waits from
	 * the beginning.
	 * @param outcome takes the ID or the failure
	 */
	public final void broadcastAfterCommit(String topic, SseEvent event,
			BiConsumer<? super @Nullable EventId, ? super @Nullable Throwable> outcome) {
		PublishFuture future = new PublishFuture(this.failures);
		future.whenComplete(outcome);
		broadcastAfterCommit(topic, event, future);
	}

	private PublishFuture broadcastAfterCommit(String topic, SseEvent event, PublishFuture future) {
		EncodedEvent encoded = encode(topic, event, future);
		if (encoded != null) {
			publishAfterCommit(new Publication(topic, event, PushPhase.AFTER_COMMIT), encoded, future);
		}
		return future;
	}

	@Override
	public final CompletableFuture<EventId> broadcastAfterCommit(String topic, Object data) {
		return broadcastAfterCommit(topic, asEvent(data));
	}

	/**
	 * Tells every instance to end the connections of a principal.
	 * @return completes when the order is stored
	 */
	public final CompletableFuture<Void> disconnect(String principal) {
		Objects.requireNonNull(principal, "principal");
		PublishFuture future = new PublishFuture(this.failures);
		sendNow(new ControlOrder(principal).toEvent(), future);
		return future.thenAccept((id) -> {
		});
	}

	/**
	 * The number of failures that nobody was waiting for when they happened, since the
	 * start.
	 */
	public final long unobservedFailures() {
		return this.failures.count();
	}

	/**
	 * Sends an event and completes the future. Does not block, and does not throw for
	 * anything but a bug.
	 */
	protected abstract void send(EncodedEvent event, PublishFuture future);

	/** The number of connections of this instance that receive a topic. */
	protected abstract int connectionCount(String topic);

	private void publishAfterCommit(Publication publication, EncodedEvent encoded, PublishFuture future) {
		this.publishListener.waiting(publication);
		RunningTransaction.afterCommit(() -> publish(publication, encoded, future), () -> {
			this.publishListener.rolledBack(publication);
			future.cancel(false);
		});
	}

	private void publish(Publication publication, EncodedEvent encoded, PublishFuture future) {
		if (future.isDone()) {
			this.publishListener.rolledBack(publication);
			return;
		}
		this.publishListener.published(publication);
		sendNow(encoded, future);
	}

	private void sendNow(EncodedEvent event, PublishFuture future) {
		if (future.isDone()) {
			return;
		}
		future.observe(PublishObservation.start(this.observationRegistry, event.topic()));
		if (logger.isDebugEnabled()) {
			logger.debug("Publish to '{}': {} bytes, {} connections here", event.topic(), event.fields().length,
					connectionCount(event.topic()));
		}
		try {
			send(event, future);
		}
		catch (RuntimeException ex) {
			future.fail(new BroadcastException(Outcome.UNKNOWN, String.valueOf(ex.getMessage()), ex));
		}
	}

	private @Nullable EncodedEvent encode(String topic, SseEvent event, PublishFuture future) {
		Objects.requireNonNull(topic, "topic");
		Objects.requireNonNull(event, "event");
		try {
			return this.encoder.encode(topic, event);
		}
		catch (BroadcastException ex) {
			future.observe(PublishObservation.start(this.observationRegistry, topic));
			future.fail(ex);
			return null;
		}
	}

	private static SseEvent asEvent(Object data) {
		return data instanceof SseEvent event ? event : SseEvent.of(data);
	}

}
