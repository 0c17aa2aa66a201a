package com.example.shop;

import java.time.Duration;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.test.AutoConfigureSseTest;
import io.github.sseredis.test.ReceivedEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

@WebMvcTest(ShopController.class)
@Import(Orders.class)
@AutoConfigureSseTest
class ShopControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private Broadcaster broadcaster;

	@Test
	void streamIsOfTheCustomerInTheRequest() {
		MvcTestResult stream = this.mvc.get().uri("/stream?customer=ann").asyncExchange();
		assertThat(stream).hasStatusOk().hasContentType("text/event-stream");
		this.broadcaster.broadcast("customer:ben", "not for ann");
		this.broadcaster.broadcast("customer:ann", "tea");
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> !ReceivedEvent.listOf(stream.getResponse().getContentAsString()).isEmpty());
		assertThat(stream).bodyText().contains("tea").doesNotContain("not for ann");
	}

}
