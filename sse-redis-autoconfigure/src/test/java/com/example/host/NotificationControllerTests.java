package com.example.host;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/** A slice test of a host, with mocks in place of the library. */
@WebMvcTest(NotificationController.class)
class NotificationControllerTests {

	@MockitoBean
	private EmitterRegistry emitterRegistry;

	@MockitoBean
	private Broadcaster broadcaster;

	@Autowired
	private MockMvcTester mvc;

	@Test
	void returnsTheStream() {
		given(this.emitterRegistry.subscribe("user:42")).willReturn(new SseEmitter());
		assertThat(this.mvc.get().uri("/events").asyncExchange()).hasStatusOk().hasContentType("text/event-stream");
	}

}
