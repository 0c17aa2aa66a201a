package io.github.sseredis.web;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a connection needs a drain and whether it has one: all that those who have news
 * for a connection share with its drainer. Of all that signal while a drain is due or
 * running one leaves a mark and the rest do nothing; a drainer that finds the mark when
 * it wants to rest goes on. So there is one drain at a time, nothing is queued, nothing
 * is missed, and nobody waits. Thread-safe.
 */
final class DrainState {

	private enum State {

		/** Spring does not own the emitter yet: nothing may be written. */
		PENDING,

		/** Given up while it was pending; Spring may still come to own the emitter. */
		ABANDONED,

		/** Spring does, but the response cannot be written yet. */
		BEGINNING,

		/** There is nothing to do. */
		IDLE,

		/** A drainer will come. */
		DUE,

		/** A drainer is at work. */
		RUNNING,

		/** A drainer is at work, and something happened since it began. */
		RUNNING_MARKED,

		/** The response is complete. */
		OVER

	}

	private final AtomicReference<State> state = new AtomicReference<>(State.PENDING);

	/**
	 * Spring owns the emitter; what was abandoned has to be completed all the same.
	 * @return whether the caller has to see to it that {@link #ready} is called
	 */
	boolean activate() {
		return this.state.compareAndSet(State.PENDING, State.BEGINNING)
				|| this.state.compareAndSet(State.ABANDONED, State.BEGINNING);
	}

	/**
	 * The response can be written, and the first drain is due.
	 * @return whether the caller has to schedule a drain
	 */
	boolean ready() {
		return this.state.compareAndSet(State.BEGINNING, State.DUE);
	}

	/**
	 * Gives up before the first drain.
	 * @return whether no drain will follow, as far as is known
	 */
	boolean abandon() {
		return this.state.compareAndSet(State.PENDING, State.ABANDONED);
	}

	/**
	 * Says that there is something to do.
	 * @return whether the caller has to schedule a drain
	 */
	boolean signal() {
		while (true) {
			State current = this.state.get();
			if (current == State.IDLE) {
				if (this.state.compareAndSet(State.IDLE, State.DUE)) {
					return true;
				}
			}
			else if (current != State.RUNNING || this.state.compareAndSet(State.RUNNING, State.RUNNING_MARKED)) {
				return false;
			}
		}
	}

	/** Begins the drain that was due; by its drainer, before it looks for what to do. */
	void begin() {
		this.state.set(State.RUNNING);
	}

	/**
	 * Ends a drain that another may follow.
	 * @param more whether there is more to do
	 * @return whether the caller has to schedule a drain
	 */
	boolean rest(boolean more) {
		if (!more && this.state.compareAndSet(State.RUNNING, State.IDLE)) {
			return false;
		}
		this.state.set(State.DUE);
		return true;
	}

	/** Ends a drain; whoever calls makes sure that a signal comes after this. */
	void pause() {
		this.state.set(State.IDLE);
	}

	/** Ends the last drain. */
	void finish() {
		this.state.set(State.OVER);
	}

	/** Whether there is nothing to do, as far as is known. */
	boolean isIdle() {
		return this.state.get() == State.IDLE;
	}

	boolean isPending() {
		return this.state.get() == State.PENDING;
	}

	/** Whether there is nothing left to do. */
	boolean isOver() {
		State current = this.state.get();
		return current == State.OVER || current == State.ABANDONED;
	}

}
