package io.github.sseredis;

import org.jspecify.annotations.Nullable;

/**
 * An event as a broadcaster sends it: independent of the objects it was made from.
 *
 * @param topic a valid topic
 * @param fields what {@link EventFrame#encode} made of the event; not to be modified
 * @param idempotencyKey the application's key; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copied nowhere on purpose
public record EncodedEvent(String topic, byte[] fields, @Nullable String idempotencyKey) {

}
