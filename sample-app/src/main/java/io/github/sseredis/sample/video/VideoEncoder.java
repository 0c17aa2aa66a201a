package io.github.sseredis.sample.video;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.github.sseredis.SsePush;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Encodes one piece of a video in one transaction. */
@Component
class VideoEncoder {

	private final VideoRepository videos;

	private final Clock clock;

	private final Duration pause;

	VideoEncoder(VideoRepository videos, Clock clock, @Value("${sample.encoding-step}") Duration pause) {
		this.videos = videos;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * Encodes the next piece of a video.
	 * @return the video; empty if another instance was faster, and then nothing is pushed
	 */
	@Transactional
	@SsePush(topic = "'user:' + #result.owner", event = "video-progress", condition = "#result.percent < 100")
	@SsePush(topic = "'user:' + #result.owner", event = "video-ready", condition = "#result.percent == 100")
	public Optional<VideoView> encodeSome(long id) {
		Instant now = this.clock.instant();
		return this.videos.takeDue(id, now).map((video) -> video.encodeSome(now, this.pause).view());
	}

}
