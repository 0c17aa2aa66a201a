package com.example.shop;

import io.github.sseredis.EmitterRegistry;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
class OrderStream {

	private final EmitterRegistry emitterRegistry;

	OrderStream(EmitterRegistry emitterRegistry) {
		this.emitterRegistry = emitterRegistry;
	}

	@GetMapping("/stream/{customer}")
	SseEmitter stream(@PathVariable String customer) {
		return this.emitterRegistry.subscribe("user:" + customer);
	}

}
