package io.github.sseredis.sample.video;

import java.time.Clock;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Encodes what is to be encoded. Every instance does: where one stops, others go on.
 */
@Component
class EncodingJob {

	private final VideoRepository videos;

	private final VideoEncoder encoder;

	private final Clock clock;

	EncodingJob(VideoRepository videos, VideoEncoder encoder, Clock clock) {
		this.videos = videos;
		this.encoder = encoder;
		this.clock = clock;
	}

	@Scheduled(fixedDelayString = "${sample.encoding-step}")
	void encode() {
		this.videos.findDue(this.clock.instant()).forEach(this.encoder::encodeSome);
	}

}
