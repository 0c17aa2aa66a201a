package com.example.flux;

import com.example.flux.OrderService.Order;
import io.github.sseredis.Broadcaster;
import io.github.sseredis.SseEvent;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Publishes in the two ways that there are. */
@RestController
class OrderController {

	private final OrderService orders;

	private final Broadcaster broadcaster;

	OrderController(OrderService orders, Broadcaster broadcaster) {
		this.orders = orders;
		this.broadcaster = broadcaster;
	}

	@PostMapping("/orders")
	Mono<Order> place(@RequestBody Order order) {
		return Mono.fromSupplier(() -> this.orders.place(order));
	}

	/** Answers with the ID of the event, once it is stored. */
	@PostMapping("/announcements")
	Mono<String> announce(@RequestBody String text) {
		return Mono.defer(() -> Mono.fromFuture(this.broadcaster.broadcast("announcements", SseEvent.of("news", text))))
			.map(Object::toString);
	}

}
