package io.github.sseredis.sample.notification;

import java.util.List;

import io.github.sseredis.SsePush;
import io.github.sseredis.sample.web.NotFoundException;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A user's own notifications. Every change is pushed to all pages of the user, as state
 * and not as a difference: hearing it twice does no harm.
 */
@Service
class NotificationService {

	private final InboxRepository inboxes;

	private final NotificationRepository notifications;

	NotificationService(InboxRepository inboxes, NotificationRepository notifications) {
		this.inboxes = inboxes;
		this.notifications = notifications;
	}

	@Transactional(readOnly = true)
	public UnreadCount unread(String owner) {
		return this.inboxes.findById(owner).map(Inbox::unread).orElse(UnreadCount.NONE);
	}

	@Transactional(readOnly = true)
	public Page<NotificationView> list(String owner, boolean unreadOnly, PageRequest page) {
		Page<Notification> found = unreadOnly
				? this.notifications.findByRecipientAndReadFalseOrderByRevisionDesc(owner, page)
				: this.notifications.findByRecipientOrderByRevisionDesc(owner, page);
		return found.map(Notification::view);
	}

	@Transactional
	@SsePush(topic = "'user:' + #owner", event = "notification-read")
	public NotificationRead markRead(String owner, long id) {
		Inbox inbox = lock(owner, id);
		return new NotificationRead(id, find(owner, id).markRead() ? inbox.read(1) : inbox.unread());
	}

	@Transactional
	@SsePush(topic = "'user:' + #owner", event = "notification-deleted")
	public NotificationDeleted delete(String owner, long id) {
		Inbox inbox = lock(owner, id);
		Notification notification = find(owner, id);
		this.notifications.delete(notification);
		return new NotificationDeleted(id, inbox.read(notification.isRead() ? 0 : 1));
	}

	@Transactional
	@SsePush(topic = "'user:' + #owner", event = "notifications-read")
	public NotificationsRead markAllRead(String owner) {
		return this.inboxes.lockAll(List.of(owner))
			.stream()
			.map((inbox) -> new NotificationsRead(inbox.read(this.notifications.markAllRead(owner))))
			.findFirst()
			.orElseGet(() -> new NotificationsRead(UnreadCount.NONE));
	}

	// First: who holds the inbox is alone with its notifications.
	private Inbox lock(String owner, long id) {
		return this.inboxes.lockAll(List.of(owner)).stream().findFirst().orElseThrow(() -> none(id));
	}

	private Notification find(String owner, long id) {
		return this.notifications.findByIdAndRecipient(id, owner).orElseThrow(() -> none(id));
	}

	private static NotFoundException none(long id) {
		return new NotFoundException("No notification " + id + " of yours");
	}

}
