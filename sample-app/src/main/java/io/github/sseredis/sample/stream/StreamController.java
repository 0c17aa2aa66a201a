package io.github.sseredis.sample.stream;

import io.github.sseredis.EmitterRegistry;

import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One stream for everything a page shows. */
@RestController
class StreamController {

	private final EmitterRegistry emitterRegistry;

	private final ViewerTopics topics;

	StreamController(EmitterRegistry emitterRegistry, ViewerTopics topics) {
		this.emitterRegistry = emitterRegistry;
		this.topics = topics;
	}

	@GetMapping("/api/stream")
	SseEmitter stream(Authentication viewer) {
		return this.emitterRegistry.subscribe(this.topics.of(viewer));
	}

}
