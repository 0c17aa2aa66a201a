package io.github.sseredis.redis;

import java.util.List;

/**
 * An attempt of a sender to publish events.
 *
 * @param sender the name of the sender
 * @param attempt greater than that of every attempt before
 * @param events the events, in order
 */
record PublishCall(String sender, long attempt, List<PendingEvent> events) {

}
