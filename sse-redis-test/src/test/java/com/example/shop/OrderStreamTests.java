package com.example.shop;

import com.example.shop.Orders.Order;
import io.github.sseredis.test.AutoConfigureSseTest;
import io.github.sseredis.test.SseClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureSseTest
class OrderStreamTests {

	@Autowired
	private Orders orders;

	@LocalServerPort
	private int port;

	@Test
	void customerSeesTheirOrdersAndNobodyElses() {
		try (SseClient ann = open("ann"); SseClient ben = open("ben")) {
			this.orders.place("ann", "tea");
			assertThat(ann).receives("order", Order.class, (order) -> assertThat(order.item()).isEqualTo("tea"));
			assertThat(ben).receivesNothing();
		}
	}

	@Test
	void customerMissesNothingWhenTheConnectionBreaks() {
		try (SseClient ann = open("ann")) {
			ann.breakConnection();
			this.orders.place("ann", "bread");
			this.orders.place("ann", "jam");
			ann.resume();
			assertThat(ann).receivesData("{\"customer\":\"ann\",\"item\":\"bread\"}",
					"{\"customer\":\"ann\",\"item\":\"jam\"}");
		}
	}

	@Test
	void customerIsToldWhenEventsMayBeMissing() {
		try (SseClient ann = SseClient.to(uri("ann")).lastEventId("of-long-ago").open()) {
			assertThat(ann).receivesReset();
		}
	}

	private SseClient open(String customer) {
		return SseClient.open(uri(customer)).awaitOpen();
	}

	private String uri(String customer) {
		return "http://localhost:" + this.port + "/stream?customer=" + customer;
	}

}
