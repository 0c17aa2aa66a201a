package io.github.sseredis;

import java.util.concurrent.CompletableFuture;

/**
 * The sending side: publishes events to topics, for every connection on every instance.
 * Thread-safe. No method waits for the network; the returned future tells what became of
 * the event.
 *
 * <p>
 * Events that one thread publishes to one topic arrive in the order of the calls. Only a
 * null argument throws; whatever else is wrong fails the future with a
 * {@link BroadcastException}, so that a bad topic or payload never breaks the caller's
 * transaction. Failures of futures that nobody looks at are counted, and logged when
 * publishing begins to fail and when it works again.
 *
 * <p>
 * Not for hosts to implement: methods may be added.
 */
public interface Broadcaster {

	/**
	 * Publishes an event at once.
	 * @param topic 1 to 255 bytes of UTF-8 without control characters, not beginning with
	 * {@code $}
	 * @return completes with the ID of the event when it is stored, or with that of the
	 * first event with the same idempotency key; fails with a {@link BroadcastException}.
	 * Completed on a thread of the broadcaster's own; cancelling it does not take the
	 * event back
	 */
	CompletableFuture<EventId> broadcast(String topic, SseEvent event);

	/**
	 * Publishes a payload as an event without a type; an {@link SseEvent} is taken as
	 * what it is, whatever its static type.
	 * @see #broadcast(String, SseEvent)
	 */
	CompletableFuture<EventId> broadcast(String topic, Object data);

	/**
	 * Publishes an event when the running transaction has committed; at once if none is
	 * running. Topic and payload are read and encoded now.
	 * @return as of {@link #broadcast(String, SseEvent)}; cancelled if the transaction
	 * rolls back, or goes back to a savepoint from before the call
	 */
	CompletableFuture<EventId> broadcastAfterCommit(String topic, SseEvent event);

	/**
	 * Publishes a payload when the running transaction has committed.
	 * @see #broadcastAfterCommit(String, SseEvent)
	 */
	CompletableFuture<EventId> broadcastAfterCommit(String topic, Object data);

	/**
	 * Returns the ID of the newest event this instance knows of. Take it <em>before</em>
	 * a query, hand it out with the result and open the stream with it: what is in
	 * neither does not exist, what is in both can be merged by a key of your own. Never
	 * blocks.
	 * @return the ID, or {@link EventId#NONE} on an instance that knows no position: one
	 * without a web server, or before Redis was reached
	 */
	EventId lastEventId();

}
