package io.github.sseredis.web;

/** What is being done, or to be done, about writing to a connection. */
enum DrainState {

	/** Spring does not own the emitter yet: nothing may be written. */
	PENDING,

	/** Spring does, but the request's thread has not left the container. */
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
