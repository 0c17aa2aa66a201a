package io.github.sseredis.sample.notification;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;

@Entity
@SuppressWarnings("UnusedVariable") // queries read the recipient
class Notification {

	// A sequence, taken in steps of 50: only so are rows inserted in batches.
	@Id
	@GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "notification_seq")
	@SequenceGenerator(name = "notification_seq", allocationSize = 50)
	private long id;

	private String recipient;

	private long revision;

	private String message;

	private String link;

	@Column(name = "is_read")
	private boolean read;

	private Instant createdAt;

	@SuppressWarnings("NullAway.Init") // filled by JPA
	protected Notification() {
	}

	Notification(String recipient, long revision, Message message, Instant createdAt) {
		this.recipient = recipient;
		this.revision = revision;
		this.message = message.text();
		this.link = message.link();
		this.createdAt = createdAt;
	}

	/** Marks it as read, and tells whether it was not. */
	boolean markRead() {
		boolean changed = !this.read;
		this.read = true;
		return changed;
	}

	boolean isRead() {
		return this.read;
	}

	NotificationView view() {
		return new NotificationView(this.id, this.revision, this.message, this.link, this.read, this.createdAt);
	}

}
