package com.example.neighbours.order;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes orders. */
@Service
public class OrderService {

	private final ApplicationEventPublisher events;

	OrderService(ApplicationEventPublisher events) {
		this.events = events;
	}

	/** Places an order, unless there is nothing to order. */
	@Transactional
	public void place(String customer, String item) {
		this.events.publishEvent(new OrderPlaced(customer, item));
		if (item.isBlank()) {
			throw new IllegalArgumentException("Nothing was ordered");
		}
	}

}
