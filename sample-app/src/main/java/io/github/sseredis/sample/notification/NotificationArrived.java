package io.github.sseredis.sample.notification;

/** The payload of {@code notification}. */
record NotificationArrived(NotificationView notification, UnreadCount unread) {
}
