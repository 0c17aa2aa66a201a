package io.github.sseredis.autoconfigure;

import java.util.List;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SubscribeRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Streams whatever topics a test names, for whomever. */
@RestController
class StreamController {

	private final EmitterRegistry emitterRegistry;

	StreamController(EmitterRegistry emitterRegistry) {
		this.emitterRegistry = emitterRegistry;
	}

	@GetMapping("/stream")
	SseEmitter stream(@RequestParam List<String> topic, @RequestParam(required = false) @Nullable String principal) {
		return this.emitterRegistry.subscribe(SubscribeRequest.builder().topics(topic).principal(principal).build());
	}

}
