package com.example.host;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SseEvent;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The ten lines of the README. */
@RestController
class NotificationController {

	private final EmitterRegistry emitterRegistry;

	private final Broadcaster broadcaster;

	NotificationController(EmitterRegistry emitterRegistry, Broadcaster broadcaster) {
		this.emitterRegistry = emitterRegistry;
		this.broadcaster = broadcaster;
	}

	@GetMapping("/events")
	SseEmitter events() {
		return this.emitterRegistry.subscribe("user:42");
	}

	@PostMapping("/notify")
	void notify(@RequestBody Notification notification) {
		this.broadcaster.broadcast("user:42", SseEvent.of("notification", notification));
	}

	record Notification(String text) {

	}

}
