package io.github.sseredis.sample.demo;

/** Why the demo cannot start, in words for its user. */
class DemoException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DemoException(String message) {
		super(message);
	}

}
