package io.github.sseredis.sample.web;

/**
 * There is no such thing, or it is not the user's: who asks does not learn which. The
 * message is for the user.
 */
public class NotFoundException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public NotFoundException(String message) {
		super(message);
	}

}
