package io.github.sseredis.sample.web;

import io.github.sseredis.EmitterRegistry;
import jakarta.validation.constraints.Positive;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One stream for everything a page shows. */
@RestController
class StreamController {

	private final EmitterRegistry emitterRegistry;

	StreamController(EmitterRegistry emitterRegistry) {
		this.emitterRegistry = emitterRegistry;
	}

	// This version has no login: the query stands for the principal and the mart that is
	// theirs. A real application takes both from the authenticated user; whoever may name
	// a topic may read it.
	@GetMapping("/api/stream")
	SseEmitter stream(@RequestParam @UserName String user, @RequestParam @Positive long martId) {
		return this.emitterRegistry.subscribe("user:" + user, "mart:" + martId, "announcements");
	}

}
