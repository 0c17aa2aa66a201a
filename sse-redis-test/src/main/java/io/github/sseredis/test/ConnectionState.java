package io.github.sseredis.test;

/** Where a connection of a client is. */
enum ConnectionState {

	/** No answer has come yet. */
	CONNECTING("not answered yet"),

	/** A stream has begun. */
	OPEN("open"),

	/** The answer is not a stream. */
	REFUSED("refused"),

	/** The server has ended the stream. */
	ENDED("ended by the server"),

	/** The stream was cut off. */
	BROKEN("broken"),

	/** The test has closed or broken it. */
	CLOSED("closed by the test");

	private final String text;

	ConnectionState(String text) {
		this.text = text;
	}

	String text() {
		return this.text;
	}

	boolean isEnd() {
		return this != CONNECTING && this != OPEN;
	}

}
