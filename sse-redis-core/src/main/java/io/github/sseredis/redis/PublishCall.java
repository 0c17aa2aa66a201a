package io.github.sseredis.redis;

import java.util.List;

/**
 * An attempt of a sender to publish events.
 *
 * @param sender the name of the sender
 * @param attempt greater than that of every attempt before
 * @param firstAttempt the first attempt that carried any of the events
 * @param events the events, in order
 */
record PublishCall(String sender, long attempt, long firstAttempt, List<PendingEvent> events) {

}
