package io.github.sseredis.redis;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What an exception of the Redis driver means for the command that met it. Drivers wrap
 * the error of the server in exceptions of their own, so it is found by its text, which
 * is part of Redis' protocol: an error begins with one of a few words in capitals. What
 * begins otherwise says nothing about what the server did.
 *
 * @param kind what an operator has to look at
 * @param error the error as the server worded it; null if the server gave none
 * @param sent whether the command may have reached the server
 * @param detail what the deepest cause says
 */
record RedisFailure(Kind kind, @Nullable String error, boolean sent, String detail) {

	/** Failures that call for the same remedy. */
	enum Kind {

		/** There is no connection, or nothing comes back over it. */
		UNREACHABLE,

		/** User name and password are not accepted. */
		LOGIN,

		/** The ACL denies commands, keys or channels. */
		DENIED,

		/** {@code maxmemory} is reached. */
		OUT_OF_MEMORY,

		/** A replica was asked to write. */
		READ_ONLY,

		/** The keys are of another format or number of partitions. */
		OTHER_LAYOUT,

		/** Something that is not ours has one of our names. */
		FOREIGN_KEY,

		/** Any other error of the server. */
		OTHER

	}

	private static final Set<String> ERROR_WORDS = Set.of("ERR", "ASK", "BUSY", "CLUSTERDOWN", "CROSSSLOT", "DENIED",
			"EXECABORT", "INPROG", "IOERR", "LOADING", "MASTERDOWN", "MISCONF", "MOVED", "NOAUTH", "NOPERM",
			"NOREPLICAS", "NOSCRIPT", "OOM", "READONLY", "SSELATE", "SSELAYOUT", "TRYAGAIN", "UNKILLABLE", "WRONGPASS",
			"WRONGTYPE");

	private static final String NO_ANSWER = "no answer for ";

	static RedisFailure of(Throwable exception) {
		String error = null;
		boolean sent = true;
		Throwable root = exception;
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			String message = cause.getMessage();
			if (message != null && isServerError(message)) {
				error = message;
			}
			sent &= !(cause instanceof NoConnectionException) && !saysUnsent(message);
			root = cause;
		}
		String detail = root.getMessage() != null ? root.getMessage() : root.getClass().getSimpleName();
		return new RedisFailure(kindOf(error), error, sent && error == null, detail);
	}

	/** What a call is that has been waiting for its answer for some time. */
	static RedisFailure noAnswer(Duration time) {
		return new RedisFailure(Kind.UNREACHABLE, null, true, NO_ANSWER + time.toSeconds() + " s");
	}

	boolean isNoAnswer() {
		return this.detail.startsWith(NO_ANSWER);
	}

	// Lettuce, of a connection that it opens for the command, and of one that it is not
	// allowed to wait for.
	private static boolean saysUnsent(@Nullable String message) {
		return message != null
				&& (message.startsWith("Unable to connect") || message.startsWith("Currently not connected"));
	}

	private static Kind kindOf(@Nullable String error) {
		if (error == null) {
			return Kind.UNREACHABLE;
		}
		if (error.contains("NOAUTH") || error.contains("WRONGPASS")) {
			return Kind.LOGIN;
		}
		if (error.contains("NOPERM") || error.contains("permission")
				|| error.contains("The user executing the script")) {
			return Kind.DENIED;
		}
		if (error.contains("OOM ")) {
			return Kind.OUT_OF_MEMORY;
		}
		if (error.contains("READONLY")) {
			return Kind.READ_ONLY;
		}
		if (error.contains("SSELAYOUT")) {
			return Kind.OTHER_LAYOUT;
		}
		return error.contains("WRONGTYPE") ? Kind.FOREIGN_KEY : Kind.OTHER;
	}

	private static boolean isServerError(String message) {
		int space = message.indexOf(' ');
		return space > 0 && ERROR_WORDS.contains(message.substring(0, space));
	}

	/** Whether the command may have been carried out all the same. */
	boolean isOutcomeUnknown() {
		return this.sent;
	}

	/** Whether another node, or the same one later, may do what this one did not. */
	boolean isOfTheNode() {
		return this.kind == Kind.UNREACHABLE || this.kind == Kind.READ_ONLY || this.kind == Kind.OTHER;
	}

	boolean isScriptUnknown() {
		return this.error != null && this.error.contains("NOSCRIPT");
	}

	/** What to tell an operator. */
	String advice(RedisOptions options) {
		return switch (this.kind) {
			case UNREACHABLE -> "Redis " + (this.sent ? "does not answer" : "cannot be reached") + ": " + this.detail;
			case LOGIN -> "Redis denies the login: check spring.data.redis.username and .password (" + this.error + ")";
			case DENIED -> "Redis denies it: grant the user ~" + options.prefix() + "* &" + options.prefix()
					+ "* and the commands of the documentation (" + this.error + ")";
			case OUT_OF_MEMORY ->
				"Redis is out of memory: raise maxmemory, or lower sse.history.* (" + this.error + ")";
			case READ_ONLY -> "Redis is a replica: connect to the master (" + this.error + ")";
			case OTHER_LAYOUT -> "The keys under " + options.prefix()
					+ " are of another format or number of partitions than " + RedisLayout.FORMAT + " and "
					+ options.partitions() + ": use another sse.channel-prefix, or stop all instances and delete them ("
					+ this.error + ")";
			case FOREIGN_KEY -> "A key under " + options.prefix()
					+ " is not one of ours: use another sse.channel-prefix, or delete it (" + this.error + ")";
			case OTHER -> "Redis refuses it: " + this.error;
		};
	}

}
