package com.example.shop;

import io.github.sseredis.PushPhase;
import io.github.sseredis.test.AutoConfigureSseTest;
import io.github.sseredis.test.PushedEvent;
import io.github.sseredis.test.PushedEvents;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@SpringBootTest
@AutoConfigureSseTest
class OrderPushTests {

	@Autowired
	private OrderService orders;

	@Autowired
	private PushedEvents pushed;

	@Test
	void orderIsPushedToItsCustomerAfterTheCommit() {
		this.orders.place(new Order("kim", "rice"));
		assertThat(this.pushed).onTopic("user:kim")
			.containsExactly(
					new PushedEvent("user:kim", "order", new Order("kim", "rice"), null, PushPhase.AFTER_COMMIT));
	}

	@Test
	void nothingIsPushedWhenTheOrderIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.orders.place(new Order("kim", " ")));
		assertThat(this.pushed).isEmpty();
	}

}
