package io.github.sseredis.test;

import io.github.sseredis.PushPhase;
import org.jspecify.annotations.Nullable;

/**
 * An event as the application published it. Immutable as far as its data is.
 *
 * @param topic to whom
 * @param type the event type, null if it has none
 * @param data the payload as an object, before it was encoded
 * @param idempotencyKey the key under which the topic takes it once, null for none
 * @param phase whether it was published after the commit of a running transaction, if
 * any, or whatever becomes of it
 */
public record PushedEvent(String topic, @Nullable String type, Object data, @Nullable String idempotencyKey,
		PushPhase phase) {

}
