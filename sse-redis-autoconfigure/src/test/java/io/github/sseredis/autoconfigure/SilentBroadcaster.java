package io.github.sseredis.autoconfigure;

import java.util.concurrent.CompletableFuture;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import io.github.sseredis.SseEvent;

/** A broadcaster of a host's own, which sends nothing. */
final class SilentBroadcaster implements Broadcaster {

	@Override
	public CompletableFuture<EventId> broadcast(String topic, SseEvent event) {
		return CompletableFuture.completedFuture(EventId.NONE);
	}

	@Override
	public CompletableFuture<EventId> broadcast(String topic, Object data) {
		return broadcast(topic, SseEvent.of(data));
	}

	@Override
	public CompletableFuture<EventId> broadcastAfterCommit(String topic, SseEvent event) {
		return broadcast(topic, event);
	}

	@Override
	public CompletableFuture<EventId> broadcastAfterCommit(String topic, Object data) {
		return broadcast(topic, data);
	}

	@Override
	public EventId lastEventId() {
		return EventId.NONE;
	}

}
