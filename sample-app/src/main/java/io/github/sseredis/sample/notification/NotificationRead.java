package io.github.sseredis.sample.notification;

/** The payload of {@code notification-read}. */
record NotificationRead(long id, UnreadCount unread) {
}
