package com.example.jetty;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SseEvent;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Publishes and streams news. */
@RestController
class NewsController {

	private final EmitterRegistry emitterRegistry;

	private final Broadcaster broadcaster;

	NewsController(EmitterRegistry emitterRegistry, Broadcaster broadcaster) {
		this.emitterRegistry = emitterRegistry;
		this.broadcaster = broadcaster;
	}

	@GetMapping("/stream")
	SseEmitter stream() {
		return this.emitterRegistry.subscribe("news");
	}

	@PostMapping("/news")
	String publish(@RequestBody News news) {
		this.broadcaster.broadcast("news", SseEvent.of("news", news));
		return Thread.currentThread().toString();
	}

	record News(String text) {

	}

}
