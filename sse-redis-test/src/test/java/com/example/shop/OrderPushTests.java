package com.example.shop;

import com.example.shop.Orders.Order;
import io.github.sseredis.PushPhase;
import io.github.sseredis.test.AutoConfigureSseTest;
import io.github.sseredis.test.PushedEvent;
import io.github.sseredis.test.PushedEvents;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@AutoConfigureSseTest
class OrderPushTests {

	@Autowired
	private Orders orders;

	@Autowired
	private PushedEvents pushed;

	@Test
	void orderIsPushedToItsCustomerAndNobodyElse() {
		this.orders.place("ann", "tea");
		assertThat(this.pushed).onTopic("customer:ann")
			.containsExactly(
					new PushedEvent("customer:ann", "order", new Order("ann", "tea"), null, PushPhase.AFTER_COMMIT));
		assertThat(this.pushed).hasSize(1);
	}

}
