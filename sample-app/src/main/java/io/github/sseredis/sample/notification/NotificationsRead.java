package io.github.sseredis.sample.notification;

/** The payload of {@code notifications-read}: all up to the revision are. */
record NotificationsRead(UnreadCount unread) {
}
