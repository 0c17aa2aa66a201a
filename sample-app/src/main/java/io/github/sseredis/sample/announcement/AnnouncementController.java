package io.github.sseredis.sample.announcement;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/announcements")
class AnnouncementController {

	private final AnnouncementService announcements;

	private final Broadcaster broadcaster;

	AnnouncementController(AnnouncementService announcements, Broadcaster broadcaster) {
		this.announcements = announcements;
		this.broadcaster = broadcaster;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	AnnouncementView announce(@Valid @RequestBody NewAnnouncement announcement) {
		return this.announcements.announce(announcement.text());
	}

	@GetMapping
	AnnouncementList list() {
		EventId lastEventId = this.broadcaster.lastEventId();
		return new AnnouncementList(lastEventId.toString(), this.announcements.newest());
	}

}
