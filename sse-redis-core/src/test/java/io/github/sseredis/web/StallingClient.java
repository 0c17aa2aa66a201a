package io.github.sseredis.web;

import java.io.IOException;

/** A client of some streams, on one connection, that stops to read when told to. */
interface StallingClient {

	/** Opens a stream. */
	void get(String id) throws IOException;

	/** Stops to read a stream. */
	void stall(String id, Stall stall);

	/** Reads again. */
	void resume() throws IOException;

	/** What has come of a stream. */
	String received(String id);

	/** Whether the server has reset a stream. */
	boolean isReset(String id);

	void close() throws IOException;

	/** Where a client stops to read. */
	enum Stall {

		SOCKET, CONNECTION_WINDOW, STREAM_WINDOW

	}

}
