package com.example.secured;

import java.security.Principal;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SubscribeRequest;
import jakarta.servlet.http.HttpSession;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What any host writes; nothing in it is about security but the name of the topic. */
@RestController
class SecuredStreamController {

	private final EmitterRegistry emitterRegistry;

	SecuredStreamController(EmitterRegistry emitterRegistry) {
		this.emitterRegistry = emitterRegistry;
	}

	@GetMapping("/stream")
	SseEmitter stream(Principal principal) {
		return this.emitterRegistry.subscribe("user:" + principal.getName());
	}

	@GetMapping("/stream-of")
	SseEmitter streamOf(@RequestParam String owner) {
		return this.emitterRegistry
			.subscribe(SubscribeRequest.builder().topics("user:" + owner).principal(owner).build());
	}

	@GetMapping("/public")
	SseEmitter openToAll() {
		return this.emitterRegistry.subscribe("news");
	}

	@PostMapping("/forget")
	void forget(HttpSession session) {
		session.invalidate();
	}

	@PostMapping("/expire-after")
	void expireAfter(HttpSession session, @RequestParam int seconds) {
		session.setMaxInactiveInterval(seconds);
	}

	@GetMapping("/broken")
	SseEmitter broken(Principal principal) {
		this.emitterRegistry.subscribe("user:" + principal.getName());
		throw new IllegalStateException("thrown after subscribe");
	}

}
