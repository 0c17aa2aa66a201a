package io.github.sseredis.web;

import org.jspecify.annotations.Nullable;

/**
 * Whose a connection is.
 *
 * @param principal the name of the principal; null if anonymous
 * @param address the address of the client as the application sees it
 */
record ConnectionOwner(@Nullable String principal, @Nullable String address) {

}
