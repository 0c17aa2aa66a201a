package io.github.sseredis.sample.notification;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * How many notifications a user has not read, and a number that grows with each change.
 * Whoever changes an inbox holds its row until the commit, so that the number tells which
 * of two counts is the newer one, in whatever order a page hears of them.
 */
@Entity
class Inbox {

	@Id
	private String owner;

	private long unread;

	private long revision;

	@SuppressWarnings("NullAway.Init") // filled by JPA
	protected Inbox() {
	}

	Inbox(String owner) {
		this.owner = owner;
	}

	String owner() {
		return this.owner;
	}

	UnreadCount arrived() {
		return change(1);
	}

	UnreadCount read(int notifications) {
		return change(-notifications);
	}

	UnreadCount unread() {
		return new UnreadCount(this.unread, this.revision);
	}

	private UnreadCount change(int difference) {
		this.unread += difference;
		this.revision++;
		return unread();
	}

}
