package com.example.shop;

import io.github.sseredis.EmitterRegistry;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
public class ShopController {

	private final EmitterRegistry emitterRegistry;

	private final Orders orders;

	ShopController(EmitterRegistry emitterRegistry, Orders orders) {
		this.emitterRegistry = emitterRegistry;
		this.orders = orders;
	}

	@GetMapping("/stream")
	SseEmitter stream(@RequestParam String customer) {
		return this.emitterRegistry.subscribe("customer:" + customer);
	}

	@PostMapping("/orders")
	Orders.Order place(@RequestParam String customer, @RequestParam String item) {
		return this.orders.place(customer, item);
	}

}
