package io.github.sseredis.sample.order;

import java.security.Principal;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/orders")
class OrderController {

	private final OrderService orders;

	private final Broadcaster broadcaster;

	OrderController(OrderService orders, Broadcaster broadcaster) {
		this.orders = orders;
		this.broadcaster = broadcaster;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	OrderView place(@Valid @RequestBody NewOrder order, Principal principal) {
		return this.orders.place(order, principal.getName());
	}

	@GetMapping
	OrderList list(@RequestParam long martId, Principal principal) {
		// Before the query: an order placed in between is in the stream, perhaps in both.
		EventId lastEventId = this.broadcaster.lastEventId();
		return new OrderList(lastEventId.toString(), this.orders.newest(martId, principal.getName()));
	}

}
