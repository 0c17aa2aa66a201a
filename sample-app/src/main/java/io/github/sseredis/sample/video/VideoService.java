package io.github.sseredis.sample.video;

import java.time.Clock;
import java.util.List;

import io.github.sseredis.SsePush;
import io.github.sseredis.sample.web.NotFoundException;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class VideoService {

	private final VideoRepository videos;

	private final Clock clock;

	VideoService(VideoRepository videos, Clock clock) {
		this.videos = videos;
		this.clock = clock;
	}

	@Transactional
	@SsePush(topic = "'user:' + #owner", event = "video-progress")
	public VideoView upload(String owner, NewVideo video) {
		return this.videos.save(new Video(owner, video.title(), this.clock.instant())).view();
	}

	@Transactional(readOnly = true)
	public List<VideoView> newest(String owner) {
		return this.videos.findTop20ByOwnerOrderByIdDesc(owner).stream().map(Video::view).toList();
	}

	/** Makes sure that a video is ready and the user's. */
	@Transactional(readOnly = true)
	public void requireReady(String owner, long id) {
		if (this.videos.findByIdAndOwner(id, owner).filter(Video::isReady).isEmpty()) {
			throw new NotFoundException("No video " + id + " of yours that is ready");
		}
	}

}
