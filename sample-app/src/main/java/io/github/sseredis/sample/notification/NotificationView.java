package io.github.sseredis.sample.notification;

import java.time.Instant;

/**
 * A notification as the list and the stream show it.
 *
 * @param revision the revision of the inbox with which it arrived: the newest has the
 * highest
 */
record NotificationView(long id, long revision, String message, String link, boolean read, Instant createdAt) {
}
