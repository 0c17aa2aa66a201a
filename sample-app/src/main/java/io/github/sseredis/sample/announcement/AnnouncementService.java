package io.github.sseredis.sample.announcement;

import java.time.Instant;
import java.util.UUID;

import io.github.sseredis.SsePush;

import org.springframework.stereotype.Service;

@Service
class AnnouncementService {

	@SsePush(topic = "'announcements'", event = "announcement")
	public Announcement announce(String text) {
		return new Announcement(UUID.randomUUID(), text, Instant.now());
	}

}
