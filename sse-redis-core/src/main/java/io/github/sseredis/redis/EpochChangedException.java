package io.github.sseredis.redis;

/** That numbers were read of another epoch than those they were to follow. */
final class EpochChangedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	EpochChangedException(String expected, String found) {
		super("The epoch has changed from " + expected + " to " + found + " while events were read");
	}

}
