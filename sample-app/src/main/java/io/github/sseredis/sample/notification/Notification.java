package io.github.sseredis.sample.notification;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

@Entity
class Notification {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private long id;

	private String recipient;

	private String text;

	private Instant sentAt;

	@SuppressWarnings("NullAway.Init") // filled by JPA
	protected Notification() {
	}

	Notification(String recipient, String text, Instant sentAt) {
		this.recipient = recipient;
		this.text = text;
		this.sentAt = sentAt;
	}

	NotificationView view() {
		return new NotificationView(this.id, this.recipient, this.text, this.sentAt);
	}

}
