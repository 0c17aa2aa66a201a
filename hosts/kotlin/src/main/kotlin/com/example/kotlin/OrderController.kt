package com.example.kotlin

import io.github.sseredis.EmitterRegistry
import kotlinx.coroutines.yield
import org.springframework.http.ResponseEntity
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.RestController
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter

@RestController
class OrderController(private val emitterRegistry: EmitterRegistry, private val orders: OrderService) {

	@GetMapping("/stream/{customer}")
	fun stream(@PathVariable customer: String): SseEmitter = emitterRegistry.subscribe("user:$customer", "kitchen")

	@GetMapping("/suspending/{customer}")
	suspend fun suspending(@PathVariable customer: String): SseEmitter {
		val stream = emitterRegistry.subscribe("user:$customer")
		yield()
		return stream
	}

	@GetMapping("/suspending-entity/{customer}")
	suspend fun suspendingEntity(@PathVariable customer: String): ResponseEntity<SseEmitter> =
		ResponseEntity.ok(emitterRegistry.subscribe("user:$customer"))

	@PostMapping("/orders")
	fun place(@RequestBody order: Order): Order = orders.place(order)
}
