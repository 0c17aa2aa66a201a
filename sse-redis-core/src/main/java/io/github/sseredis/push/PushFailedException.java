package io.github.sseredis.push;

import org.jspecify.annotations.Nullable;

/** Why one push could not be made; never leaves this package. */
final class PushFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	PushFailedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
