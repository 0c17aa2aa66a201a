package io.github.sseredis.push;

import java.util.Set;

import io.github.sseredis.SseEvent;

/**
 * What one call of a method pushes.
 *
 * @param topics the topics, of which each gets the event
 * @param event the event
 */
record Push(Set<String> topics, SseEvent event) {

}
