package io.github.sseredis.sample.notification;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import io.github.sseredis.sample.web.UserName;
import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/notifications")
class NotificationController {

	private final NotificationService notifications;

	private final Broadcaster broadcaster;

	NotificationController(NotificationService notifications, Broadcaster broadcaster) {
		this.notifications = notifications;
		this.broadcaster = broadcaster;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	NotificationView send(@Valid @RequestBody NewNotification notification) {
		return this.notifications.send(notification);
	}

	@GetMapping
	NotificationList list(@RequestParam @UserName String user) {
		EventId lastEventId = this.broadcaster.lastEventId();
		return new NotificationList(lastEventId.toString(), this.notifications.newest(user));
	}

}
