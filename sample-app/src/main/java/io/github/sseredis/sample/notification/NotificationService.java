package io.github.sseredis.sample.notification;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.SseEvent;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class NotificationService {

	private final NotificationRepository notifications;

	private final Broadcaster broadcaster;

	NotificationService(NotificationRepository notifications, Broadcaster broadcaster) {
		this.notifications = notifications;
		this.broadcaster = broadcaster;
	}

	@Transactional
	@SuppressWarnings("FutureReturnValueIgnored") // the broadcaster counts and logs
													// failures
	public NotificationView send(NewNotification request) {
		Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
		NotificationView notification = this.notifications.save(new Notification(request.user(), request.text(), now))
			.view();
		this.broadcaster.broadcastAfterCommit("user:" + notification.user(), SseEvent.of("notification", notification));
		return notification;
	}

	@Transactional(readOnly = true)
	public List<NotificationView> newest(String user) {
		return this.notifications.findTop50ByRecipientOrderByIdDesc(user).stream().map(Notification::view).toList();
	}

}
