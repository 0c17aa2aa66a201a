package io.github.sseredis.sample.notification;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.SseEvent;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Notifies many users at once: stored for all, and pushed to those who are there. */
@Service
public class NotificationSender {

	private final InboxRepository inboxes;

	private final NotificationRepository notifications;

	private final Broadcaster broadcaster;

	private final Clock clock;

	NotificationSender(InboxRepository inboxes, NotificationRepository notifications, Broadcaster broadcaster,
			Clock clock) {
		this.inboxes = inboxes;
		this.notifications = notifications;
		this.broadcaster = broadcaster;
		this.clock = clock;
	}

	/** Notifies users of a message, if and when the transaction of the caller commits. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void send(Collection<String> recipients, Message message) {
		List<Delivery> deliveries = lock(recipients).stream().map((inbox) -> deliver(inbox, message)).toList();
		this.notifications.saveAll(deliveries.stream().map(Delivery::notification).toList());
		deliveries.forEach((delivery) -> push(delivery, message.key()));
	}

	private List<Inbox> lock(Collection<String> owners) {
		List<Inbox> locked = new ArrayList<>(this.inboxes.lockAll(owners));
		// Those who had none are next in order.
		Set<String> missing = new TreeSet<>(owners);
		locked.forEach((inbox) -> missing.remove(inbox.owner()));
		missing.forEach((owner) -> locked.add(this.inboxes.save(new Inbox(owner))));
		return locked;
	}

	private Delivery deliver(Inbox inbox, Message message) {
		UnreadCount unread = inbox.arrived();
		return new Delivery(inbox.owner(),
				new Notification(inbox.owner(), unread.revision(), message, this.clock.instant()), unread);
	}

	// By hand, where one method has as many topics as recipients. The future is not
	// needed: the broadcaster counts and logs what fails.
	private void push(Delivery delivery, String key) {
		this.broadcaster.broadcastAfterCommit("user:" + delivery.recipient(),
				SseEvent.builder()
					.type("notification")
					.data(new NotificationArrived(delivery.notification().view(), delivery.unread()))
					.idempotencyKey(key)
					.build());
	}

	private record Delivery(String recipient, Notification notification, UnreadCount unread) {
	}

}
