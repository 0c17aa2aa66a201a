package io.github.sseredis;

/**
 * An event that a broadcaster was given, as a {@link PublishListener} sees it. One call
 * of a broadcaster is one object, the same for each thing that happens to it.
 *
 * @param topic to whom
 * @param event what
 * @param phase whether it depends on the transaction in which it was given
 */
public record Publication(String topic, SseEvent event, PushPhase phase) {

}
