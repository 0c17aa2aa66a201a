package io.github.sseredis.sample.notification;

import java.time.Instant;

/** A notification as the list and the stream show it. */
record NotificationView(long id, String user, String text, Instant sentAt) {
}
