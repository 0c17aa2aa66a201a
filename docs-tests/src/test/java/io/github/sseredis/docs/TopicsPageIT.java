package io.github.sseredis.docs;

import java.util.Set;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.EventId;
import io.github.sseredis.test.RawSseClient;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What docs/topics.md says of the emitter, and docs/resume.md of who names the place. */
class TopicsPageIT {

	private static Host host;

	@BeforeAll
	static void start() {
		host = Host.of(Application.class).withoutDatabase().withoutSecurity().with("sse.broadcaster=local").start();
	}

	@AfterEach
	void endRequest() {
		RequestContextHolder.resetRequestAttributes();
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Test
	void sendThrowsAndNamesTheWaysToSend() {
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
		SseEmitter emitter = host.context().getBean(EmitterRegistry.class).subscribe("sends");
		assertRefused(() -> emitter.send("x"));
		assertRefused(() -> emitter.send("x", MediaType.TEXT_PLAIN));
		assertRefused(() -> emitter.send(SseEmitter.event().data("x")));
		assertRefused(() -> emitter.send(Set.of(new DataWithMediaType("x", null))));
	}

	private static void assertRefused(ThrowingCallable send) {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(send)
			.withMessageContaining("Broadcaster.broadcast")
			.withMessageContaining("@SsePush")
			.withMessageContaining("initial");
	}

	@Test
	void headerWinsOverTheQuery() {
		Broadcaster broadcaster = host.context().getBean(Broadcaster.class);
		EventId first = broadcaster.broadcast("a", "first").join();
		EventId second = broadcaster.broadcast("a", "second").join();
		broadcaster.broadcast("a", "third").join();
		try (RawSseClient client = host.stream("/stream?lastEventId=" + first, "ann", "Last-Event-ID",
				second.toString())) {
			client.awaitEvents(1);
			assertThat(client.data()).containsExactly("third");
		}
		try (RawSseClient client = host.stream("/stream?lastEventId=" + first, "ann")) {
			client.awaitEvents(2);
			assertThat(client.data()).containsExactly("second", "third");
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Application {

		private final EmitterRegistry emitterRegistry;

		Application(EmitterRegistry emitterRegistry) {
			this.emitterRegistry = emitterRegistry;
		}

		@GetMapping("/stream")
		SseEmitter stream() {
			return this.emitterRegistry.subscribe("a");
		}

	}

}
