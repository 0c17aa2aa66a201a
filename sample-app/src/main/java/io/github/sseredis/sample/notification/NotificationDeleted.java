package io.github.sseredis.sample.notification;

/** The payload of {@code notification-deleted}. */
record NotificationDeleted(long id, UnreadCount unread) {
}
