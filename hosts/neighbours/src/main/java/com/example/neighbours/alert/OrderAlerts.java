package com.example.neighbours.alert;

import java.util.concurrent.CompletableFuture;

import com.example.neighbours.order.OrderPlaced;
import io.github.sseredis.SsePush;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

/**
 * Tells people about orders, each in a transaction and on a thread of its own: what runs
 * asynchronously returns nothing or a future.
 */
@Component
class OrderAlerts {

	@ApplicationModuleListener
	@SsePush(topic = "'user:' + #event.customer", event = "order", data = "#event")
	void tellCustomer(OrderPlaced event) {
	}

	@ApplicationModuleListener
	@SsePush(topic = "'kitchen'", event = "dish")
	CompletableFuture<String> tellKitchen(OrderPlaced event) {
		return CompletableFuture.completedFuture(event.item());
	}

}
