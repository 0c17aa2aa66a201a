package com.example.shop;

import io.github.sseredis.SsePush;

import org.springframework.stereotype.Service;

@Service
public class Orders {

	@SsePush(topic = "'customer:' + #result.customer", event = "order")
	public Order place(String customer, String item) {
		return new Order(customer, item);
	}

	public record Order(String customer, String item) {
	}

}
