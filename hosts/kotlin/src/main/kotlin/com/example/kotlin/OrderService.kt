package com.example.kotlin

import io.github.sseredis.SsePush
import org.springframework.context.ApplicationEventPublisher
import org.springframework.context.event.EventListener
import org.springframework.stereotype.Component
import org.springframework.stereotype.Service

data class Order(val customer: String, val item: String, val note: String? = null)

data class OrderPlaced(val order: Order)

// Open by the compiler plugin kotlin-spring, since it is a component.
@Service
class OrderService(private val events: ApplicationEventPublisher) {

	@SsePush(topic = "'user:' + #order.customer", event = "order")
	fun place(order: Order): Order {
		events.publishEvent(OrderPlaced(order))
		return order
	}

	// Nothing is pushed for null.
	@SsePush(topic = "'user:' + #customer", event = "order")
	fun find(customer: String): Order? = null
}

@Component
class OrderAlerts {

	@EventListener
	@SsePush(topic = "'kitchen'", event = "alert")
	fun alert(placed: OrderPlaced): String = "${placed.order.item} for ${placed.order.customer}"
}
