package io.github.sseredis.redis;

import java.time.Duration;

/** That a command was given up before the driver did. It may have been carried out. */
final class NoAnswerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NoAnswerException(Duration waited) {
		super("no answer for " + waited.toSeconds() + " s");
	}

}
