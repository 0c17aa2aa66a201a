package io.github.sseredis.redis;

import java.net.ConnectException;

import org.jspecify.annotations.Nullable;

/**
 * What an exception of the Redis driver means for the command that met it. Drivers wrap
 * the error of the server in exceptions of their own, so it is found by its text, which
 * is part of Redis' protocol: an error begins with a word in capitals.
 *
 * @param error the error as the server worded it; null if the server gave none
 * @param connected whether there was a connection that the command may have gone over
 * @param cause the exception
 */
record RedisFailure(@Nullable String error, boolean connected, Throwable cause) {

	static RedisFailure of(Throwable exception) {
		String error = null;
		boolean connected = true;
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			String message = cause.getMessage();
			if (message != null && isServerError(message)) {
				error = message;
			}
			if (cause instanceof ConnectException || (message != null && message.startsWith("Unable to connect"))) {
				connected = false;
			}
		}
		return new RedisFailure(error, connected, exception);
	}

	/** Whether the command may have been carried out all the same. */
	boolean isOutcomeUnknown() {
		return this.error == null && this.connected;
	}

	boolean isScriptUnknown() {
		return this.error != null && this.error.contains("NOSCRIPT");
	}

	/** Whether the keys are of another format or number of partitions. */
	boolean isOtherLayout() {
		return this.error != null && this.error.contains("SSELAYOUT");
	}

	/** What to tell an operator. */
	String advice(RedisOptions options) {
		if (this.error == null) {
			return this.connected ? "Redis does not answer: " + rootMessage()
					: "Redis cannot be reached: " + rootMessage();
		}
		if (this.error.contains("OOM ")) {
			return "Redis is out of memory: raise maxmemory, or lower sse.history.* (" + this.error + ")";
		}
		if (this.error.contains("READONLY")) {
			return "Redis is a replica: connect to the master (" + this.error + ")";
		}
		if (this.error.contains("NOPERM") || this.error.contains("permission")) {
			return "Redis denies it: grant the user ~" + options.prefix() + "* &" + options.prefix()
					+ "* and the commands of the documentation (" + this.error + ")";
		}
		if (isOtherLayout()) {
			return "The keys under " + options.prefix() + " are of another format or number of partitions than "
					+ options.partitions() + ": use another sse.channel-prefix, or stop all instances and delete them ("
					+ this.error + ")";
		}
		return this.error;
	}

	private String rootMessage() {
		Throwable root = this.cause;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root.getMessage() != null ? root.getMessage() : root.getClass().getSimpleName();
	}

	private static boolean isServerError(String message) {
		int space = message.indexOf(' ');
		if (space < 2) {
			return false;
		}
		for (int i = 0; i < space; i++) {
			char c = message.charAt(i);
			if (c < 'A' || c > 'Z') {
				return false;
			}
		}
		return true;
	}

}
