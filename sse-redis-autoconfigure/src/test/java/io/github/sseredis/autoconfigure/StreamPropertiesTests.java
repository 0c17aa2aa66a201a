package io.github.sseredis.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.SseBlock;
import io.github.sseredis.test.StreamEnd;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.coyote.AbstractProtocol;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** Each property of streams, by what a client sees of a value that is not the default. */
class StreamPropertiesTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final WebApplicationContextRunner runner = Hosts.tomcat().withBean(StreamController.class);

	@Test
	void reconnectTimeIsSentWithJitter() {
		this.runner.withPropertyValues("sse.reconnect-time=100s").run((context) -> {
			try (RawSseClient client = open(context, "/stream?topic=a")) {
				client.awaitBlocks(1);
				assertThat(client.reconnectionTime()).isBetween(100_000L, 200_000L);
			}
		});
	}

	@Test
	void positionIsSentAfterTheHeartbeatInterval() {
		this.runner.withPropertyValues("sse.heartbeat-interval=200ms").run((context) -> {
			try (RawSseClient client = open(context, "/stream?topic=a")) {
				assertThat(client.awaitBlocks(3, SOON).subList(1, 3)).allMatch(SseBlock::isIdOnly);
			}
		});
	}

	@Test
	void connectionEndsWithItsTimeout() {
		this.runner.withPropertyValues("sse.timeout=1s").run((context) -> {
			try (RawSseClient client = open(context, "/stream?topic=a")) {
				assertThat(client.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
			}
		});
	}

	@Test
	void connectEventIsSentAtTheOpen() {
		this.runner.withPropertyValues("sse.connect-event=hello").run((context) -> {
			try (RawSseClient client = open(context, "/stream?topic=a")) {
				SseBlock event = client.awaitEvents(1).get(0);
				assertThat(event.type()).isEqualTo("hello");
				assertThat(event.data()).isEqualTo("{}");
			}
		});
	}

	@Test
	void resetEventHasTheNameGiven() {
		this.runner.withPropertyValues("sse.reset-event=gap").run((context) -> {
			try (RawSseClient client = open(context, "/stream?topic=a", "Last-Event-ID", "of-another-server")) {
				assertThat(client.awaitEvents(1).get(0).type()).isEqualTo("gap");
			}
		});
	}

	@Test
	void tomcatHasSmallBuffersAndWritesBigEvents() {
		this.runner.withBean(BufferController.class)
			.withPropertyValues("sse.tomcat.small-buffers=true")
			.run((context) -> {
				URI server = Hosts.uri(context, "/buffer");
				try (RawSseClient client = open(context, "/stream?topic=a")) {
					client.awaitBlocks(1);
					String data = "x".repeat(100_000);
					context.getBean(Broadcaster.class).broadcast("a", data);
					assertThat(client.awaitEvents(1).get(0).data()).isEqualTo(data);
				}
				HttpResponse<String> response = HttpClient.newHttpClient()
					.send(HttpRequest.newBuilder(server).header("X-Long", "y".repeat(7000)).build(),
							BodyHandlers.ofString());
				assertThat(response.body()).isEqualTo("1024 of a response, 1024 of a socket");
			});
	}

	@Test
	void connectionIsGivenUpAfterTheWriteTimeout() {
		this.runner.withPropertyValues("sse.write-timeout=500ms", "sse.limits.payload=0").run((context) -> {
			EmitterRegistry registry = context.getBean(EmitterRegistry.class);
			try (RawSseClient client = RawSseClient.to(Hosts.uri(context, "/stream?topic=a"))
				.receiveBuffer(4096)
				.stall()
				.open()) {
				Awaitility.await().until(() -> registry.connectionCount("a") == 1);
				context.getBean(Broadcaster.class).broadcast("a", "x".repeat(16_000_000));
				// Before the default would have passed.
				Awaitility.await().atMost(Duration.ofSeconds(9)).until(() -> registry.connectionCount() == 0);
			}
		});
	}

	@ParameterizedTest
	@CsvSource({ "sse.limits.connections=1, a, kim, b, lee", "sse.limits.per-principal=1, a, kim, b, kim",
			"sse.limits.per-address=1, a, kim, b, lee", "sse.limits.topics-per-connection=1, a, kim, b&topic=c, lee" })
	void connectionOverALimitIsToldToComeBackMuchLater(String limit, String topic, String principal,
			String refusedTopic, String refusedPrincipal) {
		this.runner.withPropertyValues(limit, "sse.reconnect-time=1s").run((context) -> {
			try (RawSseClient admitted = open(context, "/stream?topic=" + topic + "&principal=" + principal)) {
				admitted.awaitBlocks(1);
				try (RawSseClient refused = open(context,
						"/stream?topic=" + refusedTopic + "&principal=" + refusedPrincipal)) {
					assertThat(refused.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
					assertThat(refused.status()).isEqualTo(200);
					assertThat(refused.reconnectionTime()).isGreaterThanOrEqualTo(10_000);
				}
				assertThat(context.getBean(EmitterRegistry.class).connectionCount()).isEqualTo(1);
			}
		});
	}

	@Test
	void logForgetsWhatItsMemoryCannotHold() {
		this.runner.withPropertyValues("sse.log.memory=20KB").run((context) -> {
			Broadcaster broadcaster = context.getBean(Broadcaster.class);
			String old = broadcaster.broadcast("a", "first").join().toString();
			for (int i = 0; i < 100; i++) {
				broadcaster.broadcast("a", "x".repeat(1000));
			}
			try (RawSseClient client = open(context, "/stream?topic=a", "Last-Event-ID", old)) {
				assertThat(client.awaitEvents(1).get(0)).satisfies((event) -> {
					assertThat(event.type()).isEqualTo("reset");
					assertThat(event.data()).contains("trimmed");
				});
			}
		});
	}

	@Test
	void endsOfStreamsAreSpreadOverTheDrain() {
		this.runner.withPropertyValues("sse.shutdown.drain=2s").run((context) -> {
			List<RawSseClient> clients = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				clients.add(open(context, "/stream?topic=a"));
			}
			clients.forEach((client) -> client.awaitBlocks(1));
			long start = System.nanoTime();
			context.close();
			Duration took = Duration.ofNanos(System.nanoTime() - start);
			clients.forEach((client) -> assertThat(client.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE));
			clients.forEach(RawSseClient::close);
			// That all twelve end in the first quarter by chance: 1 in 16 million.
			assertThat(took).isGreaterThan(Duration.ofMillis(500));
		});
	}

	@Test
	void oldestConnectionOfThePrincipalEndsWhenThePolicySaysSo() {
		this.runner
			.withPropertyValues("sse.limits.per-principal=1", "sse.limits.per-principal-policy=end-oldest",
					"sse.reconnect-time=1s")
			.run((context) -> {
				try (RawSseClient first = open(context, "/stream?topic=a&principal=kim")) {
					first.awaitBlocks(1);
					try (RawSseClient second = open(context, "/stream?topic=a&principal=kim")) {
						assertThat(first.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
						assertThat(first.reconnectionTime()).isGreaterThanOrEqualTo(10_000);
						second.awaitBlocks(1);
						assertThat(second.end()).isEqualTo(StreamEnd.NONE);
					}
				}
			});
	}

	@ParameterizedTest
	@CsvSource({ "none, false", "native, true" })
	void addressIsThatOfForwardedHeadersOnlyIfTheApplicationHonoursThem(String strategy, boolean honoured) {
		this.runner.withPropertyValues("sse.limits.per-address=1", "server.forward-headers-strategy=" + strategy)
			.run((context) -> {
				try (RawSseClient first = open(context, "/stream?topic=a", "X-Forwarded-For", "203.0.113.1")) {
					first.awaitBlocks(1);
					try (RawSseClient second = open(context, "/stream?topic=a", "X-Forwarded-For", "203.0.113.2")) {
						assertThat(second.awaitBlocks(1).get(0).id() != null).isEqualTo(honoured);
					}
				}
			});
	}

	private static RawSseClient open(AssertableWebApplicationContext context, String path, String... headers) {
		return RawSseClient.open(Hosts.uri(context, path), headers);
	}

	@RestController
	static class BufferController {

		private final WebServerApplicationContext context;

		BufferController(WebServerApplicationContext context) {
			this.context = context;
		}

		@GetMapping("/buffer")
		String buffer(HttpServletResponse response) {
			TomcatWebServer tomcat = (TomcatWebServer) this.context.getWebServer();
			return response.getBufferSize() + " of a response, "
					+ ((AbstractProtocol<?>) tomcat.getTomcat().getConnector().getProtocolHandler())
						.getProperty("socket.appReadBufSize")
					+ " of a socket";
		}

	}

}
