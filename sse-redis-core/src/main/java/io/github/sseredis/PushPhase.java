package io.github.sseredis;

/** When an {@link SsePush} is published. */
public enum PushPhase {

	/**
	 * When the transaction that is running as the method returns has committed, never if
	 * it rolls back; at once if none is running.
	 */
	AFTER_COMMIT,

	/** As the method returns, whatever becomes of the transaction. */
	NOW

}
