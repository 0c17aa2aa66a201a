package io.github.sseredis.test;

/**
 * How a raw connection ended, or that it did not.
 */
public enum StreamEnd {

	/** The connection is open. */
	NONE,

	/** The response was complete: with its last chunk, or as announced otherwise. */
	COMPLETE,

	/** The server closed the connection in the middle of the response. */
	CUT,

	/** The connection was reset, or could not be opened. */
	RESET,

	/** What came was not HTTP. */
	MALFORMED,

	/** The client closed it. */
	BY_CLIENT

}
