package io.github.sseredis.autoconfigure;

/** Tells that no connection factory can be chosen, and what to do. */
final class RedisChoiceException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String remedy;

	RedisChoiceException(String problem, String remedy) {
		super(problem);
		this.remedy = remedy;
	}

	String remedy() {
		return this.remedy;
	}

}
