package io.github.sseredis.sample.campaign;

import java.time.Instant;

import io.github.sseredis.sample.notification.Message;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

@Entity
class Campaign {

	@Id
	private long id;

	private String title;

	private @Nullable Instant closedAt;

	@SuppressWarnings("NullAway.Init") // filled by JPA
	protected Campaign() {
	}

	/** Closes the campaign; does nothing if it is closed. */
	void close(Instant now) {
		if (this.closedAt == null) {
			this.closedAt = now;
		}
	}

	Message message() {
		return new Message("campaign:" + this.id, "“" + this.title + "” has closed. Thank you for backing it!",
				"/#notifications");
	}

}
