package io.github.sseredis.web;

/** Why a connection ended. */
enum EndReason {

	/** The application completed the emitter. */
	COMPLETED,

	/** Its life ({@code sse.timeout}) was over. */
	LIFE_OVER,

	/** The authentication of its owner expired. */
	EXPIRED,

	/** A newer connection of its principal took its place. */
	REPLACED,

	/**
	 * The client left: a write failed, or the container reported that the request is
	 * over. Which of both comes first says nothing.
	 */
	CLIENT_GONE,

	/** The client did not read for {@code sse.write-timeout}. */
	WRITE_TIMEOUT,

	/** Its principal was disconnected. */
	DISCONNECTED,

	/** The application stops. */
	SHUTDOWN,

	/** It was never admitted: a limit was reached, or the application refused it. */
	REFUSED,

	/** The controller did not return it. */
	ABANDONED,

	/** Something failed that should not. */
	ERROR;

	/** Whether the client is told when to come back before the stream ends. */
	boolean saysWhenToReconnect() {
		return this == SHUTDOWN || this == DISCONNECTED || saysMuchLater();
	}

	/** Whether the client is told to stay away longer than usual. */
	boolean saysMuchLater() {
		return this == REFUSED || this == REPLACED;
	}

}
