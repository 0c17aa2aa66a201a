package io.github.sseredis.sample.notification;

import java.util.List;

/**
 * A page of notifications, the newest first.
 *
 * @param lastEventId the ID after which the stream goes on
 * @param total how many there are on all pages
 */
record NotificationList(String lastEventId, UnreadCount unread, int page, int size, long total,
		List<NotificationView> notifications) {
}
