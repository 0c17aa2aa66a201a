package io.github.sseredis.sample.notification;

import java.util.List;

/** The newest notifications of a user, and the ID after which the stream goes on. */
record NotificationList(String lastEventId, List<NotificationView> notifications) {
}
