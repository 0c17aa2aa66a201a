package io.github.sseredis.sample.announcement;

import java.time.Clock;
import java.util.List;

import io.github.sseredis.SsePush;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class AnnouncementService {

	private final AnnouncementRepository announcements;

	private final Clock clock;

	AnnouncementService(AnnouncementRepository announcements, Clock clock) {
		this.announcements = announcements;
		this.clock = clock;
	}

	// The shortest form: what the method returns is pushed when it has been committed.
	@Transactional
	@SsePush(topic = "'announcements'", event = "announcement")
	public AnnouncementView announce(String text) {
		return this.announcements.save(new Announcement(text, this.clock.instant())).view();
	}

	@Transactional(readOnly = true)
	public List<AnnouncementView> newest() {
		return this.announcements.findTop3ByOrderByIdDesc().stream().map(Announcement::view).toList();
	}

}
