package io.github.sseredis.redis;

/**
 * Can give up a connection over which no answer comes, and with it the calls that wait
 * for one. Thread-safe.
 */
interface Reconnecting {

	/** Gives up the connection for another; does not wait. */
	void reconnect();

}
