package com.example.shop;

import java.time.Duration;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.SseEvent;
import io.github.sseredis.test.AutoConfigureSseTest;
import io.github.sseredis.test.ReceivedEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

@WebMvcTest(OrderStream.class)
@AutoConfigureSseTest
class OrderStreamSliceTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private Broadcaster broadcaster;

	@Test
	void streamIsOfTheCustomerInThePath() {
		MvcTestResult stream = this.mvc.get().uri("/stream/kim").asyncExchange();
		assertThat(stream).hasStatusOk().hasContentType("text/event-stream");
		this.broadcaster.broadcast("user:lee", "not for kim");
		this.broadcaster.broadcast("user:kim", SseEvent.of("order", new Order("kim", "rice")));
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> !ReceivedEvent.listOf(stream.getResponse().getContentAsString()).isEmpty());
		assertThat(stream).bodyText().contains("rice").doesNotContain("not for kim");
	}

}
