package io.github.sseredis.checker;

import java.util.concurrent.CompletableFuture;

import io.github.sseredis.SseEvent;

/** An instance of the application, in this process or in one of its own. */
interface RunningInstance extends AutoCloseable {

	/** Where it listens on this machine. */
	int port();

	boolean hasPosition();

	/**
	 * Publishes an event there. One that is in another process waits for the outcome.
	 */
	CompletableFuture<?> publish(String topic, SseEvent event);

	@Override
	void close();

}
