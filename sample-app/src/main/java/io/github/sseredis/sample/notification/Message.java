package io.github.sseredis.sample.notification;

/**
 * What to notify of.
 *
 * @param key names the cause: a user is told only once of the same
 * @param link where to read more, on this site
 */
public record Message(String key, String text, String link) {
}
