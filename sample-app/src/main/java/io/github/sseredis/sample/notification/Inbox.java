package io.github.sseredis.sample.notification;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Transient;

import org.springframework.data.domain.Persistable;

/**
 * How many notifications a user has not read, and a number that grows with each change.
 * Whoever changes an inbox holds its row until the commit, so that the number tells which
 * of two counts is the newer one, in whatever order a page hears of them.
 */
@Entity
class Inbox implements Persistable<String> {

	@Id
	private String owner;

	private long unread;

	private long revision;

	/**
	 * Else a new one would be looked for before it is inserted, as its ID is not null.
	 */
	@Transient
	private boolean stored;

	@SuppressWarnings("NullAway.Init") // filled by JPA
	protected Inbox() {
	}

	Inbox(String owner) {
		this.owner = owner;
	}

	@PostLoad
	@PostPersist
	void stored() {
		this.stored = true;
	}

	@Override
	public String getId() {
		return this.owner;
	}

	@Override
	public boolean isNew() {
		return !this.stored;
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
