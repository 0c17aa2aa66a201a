package com.example.neighbours.alert;

import io.github.sseredis.EmitterRegistry;
import jakarta.servlet.http.HttpSession;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Knows who a client is by its session. */
@RestController
class StreamController {

	private final EmitterRegistry emitterRegistry;

	StreamController(EmitterRegistry emitterRegistry) {
		this.emitterRegistry = emitterRegistry;
	}

	@PostMapping("/login")
	void login(@RequestParam String user, HttpSession session) {
		session.setAttribute("user", user);
	}

	@GetMapping("/stream")
	SseEmitter stream(@SessionAttribute String user) {
		return this.emitterRegistry.subscribe("user:" + user);
	}

	@GetMapping("/kitchen")
	SseEmitter kitchen() {
		return this.emitterRegistry.subscribe("kitchen");
	}

	/** Leaves a trace in the session, for what a stream does to it. */
	@PostMapping("/visit")
	int visit(HttpSession session) {
		Object visits = session.getAttribute("visits");
		int count = (visits instanceof Integer before) ? before + 1 : 1;
		session.setAttribute("visits", count);
		return count;
	}

}
