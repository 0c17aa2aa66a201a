package io.github.sseredis.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SseEvent;
import io.github.sseredis.SubscribeRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Streams in the ways in which a controller can open them. */
@RestController
class StreamController {

	private final EmitterRegistry registry;

	StreamController(EmitterRegistry registry) {
		this.registry = registry;
	}

	@GetMapping("/stream")
	SseEmitter stream(@RequestParam("topic") String[] topics, @RequestParam(required = false) @Nullable String user,
			@RequestParam(required = false) @Nullable List<String> initial) {
		return this.registry.subscribe(SubscribeRequest.builder()
			.topics(topics)
			.principal(user)
			.initial(() -> initial != null ? initial.stream().map((data) -> SseEvent.of("initial", data)).toList()
					: List.of())
			.build());
	}

	@GetMapping("/entity")
	ResponseEntity<SseEmitter> entity(@RequestParam("topic") String[] topics) {
		return ResponseEntity.ok().header("X-Test", "entity").body(this.registry.subscribe(topics));
	}

	@GetMapping("/future")
	CompletableFuture<ResponseEntity<SseEmitter>> future(@RequestParam("topic") String[] topics) {
		ResponseEntity<SseEmitter> entity = entity(topics);
		return CompletableFuture.supplyAsync(() -> entity);
	}

	@GetMapping("/throws")
	SseEmitter throwing(@RequestParam("topic") String topic) {
		this.registry.subscribe(topic);
		throw new IllegalStateException("after subscribe");
	}

	@GetMapping("/forgets")
	String forgetting(@RequestParam("topic") String topic) {
		return this.registry.subscribe(topic).toString();
	}

	@GetMapping("/completes")
	SseEmitter completing(@RequestParam("topic") String topic) {
		SseEmitter emitter = this.registry.subscribe(topic);
		emitter.complete();
		return emitter;
	}

	@GetMapping("/expires")
	SseEmitter expiring(@RequestParam("topic") String topic, @RequestParam("at") Instant at) {
		return this.registry.subscribe(SubscribeRequest.builder().topics(topic).expiresAt(at).build());
	}

	@GetMapping("/lives")
	SseEmitter living(@RequestParam("topic") String topic, @RequestParam("for") Duration life) {
		return this.registry.subscribe(SubscribeRequest.builder().topics(topic).timeout(life).build());
	}

	@GetMapping("/refuses")
	SseEmitter refusing() {
		return this.registry.refuse(SseEvent.of("closed", "on Sundays"));
	}

	@GetMapping("/plain")
	String plain() {
		return "plain";
	}

}
