package io.github.sseredis.redis;

/** That there was no connection to send anything over. The cause says why. */
final class NoConnectionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NoConnectionException(RuntimeException cause) {
		super(cause.getMessage(), cause);
	}

}
