package io.github.sseredis.web;

import org.jspecify.annotations.Nullable;

/**
 * Whose a connection is.
 *
 * @param principal the name of the principal; null if anonymous
 * @param login the name that the request was authenticated with, which is another if the
 * application says whose the connection is; null if none
 * @param address the address of the client as the application sees it
 */
record ConnectionOwner(@Nullable String principal, @Nullable String login, @Nullable String address) {

	ConnectionOwner(@Nullable String principal, @Nullable String address) {
		this(principal, principal, address);
	}

	/** Whether the connection ends when that is said of a name. */
	boolean is(String name) {
		return name.equals(this.principal) || name.equals(this.login);
	}

	boolean isAnonymous() {
		return this.principal == null && this.login == null;
	}

}
