package com.example.shop;

import io.github.sseredis.SsePush;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class OrderService {

	@SsePush(topic = "'user:' + #result.customer", event = "order")
	@Transactional
	public Order place(Order order) {
		if (order.item().isBlank()) {
			throw new IllegalArgumentException("Nothing was ordered");
		}
		return order;
	}

}
