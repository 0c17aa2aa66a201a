package io.github.sseredis.test;

/**
 * An error that Redis answered, with its text, for example
 * {@code WRONGTYPE Operation ...}.
 */
public class RespException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public RespException(String message) {
		super(message);
	}

	/**
	 * The first word of the error.
	 * @return for example {@code NOSCRIPT}
	 */
	public String code() {
		String message = String.valueOf(getMessage());
		int space = message.indexOf(' ');
		return (space < 0) ? message : message.substring(0, space);
	}

}
