package io.github.sseredis.web;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * The drains that wait for a thread, each kind in its order. Thread-safe.
 *
 * <p>
 * Those that open a stream and the others take turns. When events come faster than they
 * can be written one by one, all open connections wait here, and a client that comes back
 * would wait for thousands of others, which lose nothing by one drain more before theirs:
 * what they have missed meanwhile is one write.
 */
final class DueDrains {

	private final Queue<Runnable> opening = new ConcurrentLinkedQueue<>();

	private final Queue<Runnable> others = new ConcurrentLinkedQueue<>();

	/**
	 * Whose turn it is. Not exact: of threads that race for it, two may take one kind.
	 */
	private boolean openingHasTurn;

	void addOpening(Runnable drain) {
		this.opening.add(drain);
	}

	void add(Runnable drain) {
		this.others.add(drain);
	}

	@Nullable Runnable poll() {
		boolean openingFirst = this.openingHasTurn;
		this.openingHasTurn = !openingFirst;
		Runnable drain = (openingFirst ? this.opening : this.others).poll();
		return drain != null ? drain : (openingFirst ? this.others : this.opening).poll();
	}

	boolean isEmpty() {
		return this.others.isEmpty() && this.opening.isEmpty();
	}

}
