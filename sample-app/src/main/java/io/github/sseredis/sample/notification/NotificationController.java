package io.github.sseredis.sample.notification;

import java.security.Principal;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import jakarta.validation.constraints.PositiveOrZero;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/notifications")
class NotificationController {

	private static final int PAGE_SIZE = 20;

	private final NotificationService notifications;

	private final Broadcaster broadcaster;

	NotificationController(NotificationService notifications, Broadcaster broadcaster) {
		this.notifications = notifications;
		this.broadcaster = broadcaster;
	}

	@GetMapping
	NotificationList list(@RequestParam(defaultValue = "false") boolean unread,
			@RequestParam(defaultValue = "0") @PositiveOrZero int page, Principal principal) {
		// Before the queries: what arrives in between is in the stream, perhaps in both.
		EventId lastEventId = this.broadcaster.lastEventId();
		UnreadCount count = this.notifications.unread(principal.getName());
		Page<NotificationView> found = this.notifications.list(principal.getName(), unread,
				PageRequest.of(page, PAGE_SIZE));
		return new NotificationList(lastEventId.toString(), count, page, PAGE_SIZE, found.getTotalElements(),
				found.getContent());
	}

	@GetMapping("/unread-count")
	UnreadCount unreadCount(Principal principal) {
		return this.notifications.unread(principal.getName());
	}

	@PatchMapping("/{id}/read")
	NotificationRead read(@PathVariable long id, Principal principal) {
		return this.notifications.markRead(principal.getName(), id);
	}

	@PostMapping("/read-all")
	NotificationsRead readAll(Principal principal) {
		return this.notifications.markAllRead(principal.getName());
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable long id, Principal principal) {
		this.notifications.delete(principal.getName(), id);
	}

}
