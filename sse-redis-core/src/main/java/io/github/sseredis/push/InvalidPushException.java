package io.github.sseredis.push;

/**
 * An {@code @SsePush} that can never work, found when the application starts. The message
 * says what is wrong and where, {@link #action()} what to do about it.
 */
public final class InvalidPushException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	InvalidPushException(String message, String action) {
		super(message);
		this.action = action;
	}

	/** What the developer can do about it, as a sentence. */
	public String action() {
		return this.action;
	}

}
