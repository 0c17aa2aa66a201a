package io.github.sseredis.sample.announcement;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

@Entity
class Announcement {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private long id;

	private String text;

	private Instant sentAt;

	@SuppressWarnings("NullAway.Init") // filled by JPA
	protected Announcement() {
	}

	Announcement(String text, Instant sentAt) {
		this.text = text;
		this.sentAt = sentAt;
	}

	AnnouncementView view() {
		return new AnnouncementView(this.id, this.text, this.sentAt);
	}

}
