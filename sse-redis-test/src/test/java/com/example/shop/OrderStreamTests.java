package com.example.shop;

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
	private OrderService orders;

	@LocalServerPort
	private int port;

	@Test
	void customerSeesTheirOrdersAndNobodyElses() {
		try (SseClient kim = open("kim"); SseClient lee = open("lee")) {
			this.orders.place(new Order("kim", "rice"));
			assertThat(kim).receives("order", Order.class, (order) -> assertThat(order.item()).isEqualTo("rice"));
			assertThat(lee).receivesNothing();
		}
	}

	@Test
	void customerMissesNothingWhenTheConnectionBreaks() {
		try (SseClient kim = open("kim")) {
			kim.breakConnection();
			this.orders.place(new Order("kim", "tea"));
			this.orders.place(new Order("kim", "cake"));
			kim.resume();
			assertThat(kim).receivesData("{\"customer\":\"kim\",\"item\":\"tea\"}",
					"{\"customer\":\"kim\",\"item\":\"cake\"}");
		}
	}

	@Test
	void customerIsToldWhenEventsMayBeMissing() {
		try (SseClient kim = SseClient.to(uri("kim")).lastEventId("of-long-ago").open()) {
			assertThat(kim).receivesReset();
		}
	}

	private SseClient open(String customer) {
		return SseClient.open(uri(customer)).awaitOpen();
	}

	private String uri(String customer) {
		return "http://localhost:" + this.port + "/stream/" + customer;
	}

}
