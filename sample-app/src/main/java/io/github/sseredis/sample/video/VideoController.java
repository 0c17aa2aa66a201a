package io.github.sseredis.sample.video;

import java.security.Principal;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/videos")
class VideoController {

	private static final String SVG = "image/svg+xml";

	private final VideoService videos;

	private final Broadcaster broadcaster;

	VideoController(VideoService videos, Broadcaster broadcaster) {
		this.videos = videos;
		this.broadcaster = broadcaster;
	}

	// Accepted: its end comes by the stream.
	@PostMapping
	@ResponseStatus(HttpStatus.ACCEPTED)
	VideoView upload(@Valid @RequestBody NewVideo video, Principal principal) {
		return this.videos.upload(principal.getName(), video);
	}

	@GetMapping
	VideoList list(Principal principal) {
		EventId lastEventId = this.broadcaster.lastEventId();
		return new VideoList(lastEventId.toString(), this.videos.newest(principal.getName()));
	}

	@GetMapping(path = "/{id}/thumbnail", produces = SVG)
	String thumbnail(@PathVariable long id, Principal principal) {
		this.videos.requireReady(principal.getName(), id);
		return Picture.still(id);
	}

	@GetMapping(path = "/{id}/film", produces = SVG)
	String film(@PathVariable long id, Principal principal) {
		this.videos.requireReady(principal.getName(), id);
		return Picture.moving(id);
	}

}
