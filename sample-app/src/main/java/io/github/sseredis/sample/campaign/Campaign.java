package io.github.sseredis.sample.campaign;

import java.time.Instant;

import io.github.sseredis.sample.notification.Message;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

@Entity
@SuppressWarnings("UnusedVariable") // queries read and set when it was closed
class Campaign {

	@Id
	private long id;

	private String title;

	private @Nullable Instant closedAt;

	@SuppressWarnings("NullAway.Init") // filled by JPA
	protected Campaign() {
	}

	Message message() {
		return new Message("campaign:" + this.id, "“" + this.title + "” has closed. Thank you for backing it!",
				"/#notifications");
	}

}
