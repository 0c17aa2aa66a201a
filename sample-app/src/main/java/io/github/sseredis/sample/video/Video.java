package io.github.sseredis.sample.video;

import java.time.Duration;
import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

@Entity
@SuppressWarnings("UnusedVariable") // queries read when it is due
class Video {

	private static final int STEP = 10;

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private long id;

	private String owner;

	private String title;

	private int percent;

	private Instant dueAt;

	private Instant uploadedAt;

	@SuppressWarnings("NullAway.Init") // filled by JPA
	protected Video() {
	}

	Video(String owner, String title, Instant now) {
		this.owner = owner;
		this.title = title;
		this.dueAt = now;
		this.uploadedAt = now;
	}

	/** Encodes a piece, as far as this demo does. */
	Video encodeSome(Instant now, Duration pause) {
		this.percent = Math.min(100, this.percent + STEP);
		this.dueAt = now.plus(pause);
		return this;
	}

	boolean isReady() {
		return this.percent == 100;
	}

	VideoView view() {
		String path = "/api/videos/" + this.id;
		return new VideoView(this.id, this.owner, this.title, this.percent, isReady() ? path + "/thumbnail" : null,
				isReady() ? path + "/film" : null, this.uploadedAt);
	}

}
