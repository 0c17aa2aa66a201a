package com.example.flux;

import io.github.sseredis.SsePush;

import org.springframework.stereotype.Service;

/** Takes orders, blocking as it may be. */
@Service
class OrderService {

	@SsePush(topic = "'user:' + #result.customer", event = "order")
	public Order place(Order order) {
		return order;
	}

	record Order(String customer, String item) {

	}

}
