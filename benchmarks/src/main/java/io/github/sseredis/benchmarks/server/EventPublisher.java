package io.github.sseredis.benchmarks.server;

import java.util.concurrent.CompletableFuture;

/** A way to publish, as an application uses it. */
@FunctionalInterface
interface EventPublisher {

	/**
	 * Publishes an event.
	 * @return completes when it is published, as far as the way to publish can tell
	 */
	CompletableFuture<?> publish(String topic, String data);

}
