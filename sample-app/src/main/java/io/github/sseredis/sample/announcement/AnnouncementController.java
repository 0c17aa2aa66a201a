package io.github.sseredis.sample.announcement;

import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AnnouncementController {

	private final AnnouncementService announcements;

	AnnouncementController(AnnouncementService announcements) {
		this.announcements = announcements;
	}

	// Accepted, not created: it is sent and kept nowhere but in the stream's history.
	@PostMapping("/api/announcements")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Announcement announce(@Valid @RequestBody NewAnnouncement announcement) {
		return this.announcements.announce(announcement.text());
	}

}
