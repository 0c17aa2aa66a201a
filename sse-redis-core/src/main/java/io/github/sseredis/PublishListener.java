package io.github.sseredis;

/**
 * Sees what a broadcaster is given and what becomes of it on this side; meant for tests.
 * Called on the threads that publish, so it must be thread-safe, quick, and not throw. It
 * is not told of events that cannot be encoded.
 */
public interface PublishListener {

	/** Called for an event that waits for its transaction. */
	default void waiting(Publication publication) {
	}

	/** Called for an event as it is published: at once, or after the commit. */
	default void published(Publication publication) {
	}

	/**
	 * Called for an event that is not published, since its transaction rolled back or the
	 * caller cancelled it meanwhile.
	 */
	default void rolledBack(Publication publication) {
	}

}
