package io.github.sseredis.sample.campaign;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** A user who backs a campaign, and whether they have been told that it closed. */
@Entity
@SuppressWarnings("UnusedVariable") // queries read the fields
class Pledge {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private long id;

	private long campaignId;

	private String backer;

	private @Nullable Instant notifiedAt;

	@SuppressWarnings("NullAway.Init") // filled by JPA
	protected Pledge() {
	}

	String backer() {
		return this.backer;
	}

	void notified(Instant now) {
		this.notifiedAt = now;
	}

}
