package io.github.sseredis.test;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class SseTestClientTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	@Test
	void recordsWhatComesWhenTheStreamIsOpen() {
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			exchange.event("event: order\ndata: 1\nid: a\n\n");
			exchange.event("data: 2\nid: b\n\n");
			exchange.awaitClient();
		}); SseTestClient client = SseTestClient.open(server.uri(), "X-User", "42")) {
			List<SseTestEvent> events = client.awaitEvents(2);
			assertThat(events).extracting(SseTestEvent::type).containsExactly("order", "message");
			assertThat(events).extracting(SseTestEvent::id).containsExactly("a", "b");
			assertThat(events).extracting(SseTestEvent::order).containsExactly(0, 1);
			assertThat(client.data()).containsExactly("1", "2");
			assertThat(client.data("order")).containsExactly("1");
			assertThat(client.lastEventId()).isEqualTo("b");
			assertThat(client.isOpen()).isTrue();
			assertThat(client.openings().get(0).headers()).containsEntry("content-type", "text/event-stream");
			assertThat(server.requests().get(0)).contains("X-User: 42", "Accept: text/event-stream")
				.doesNotContain("Last-Event-ID");
		}
	}

	@Test
	void sendsTheIdWhenItResumes() {
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			exchange.awaitClient();
		}); SseTestClient client = SseTestClient.to(server.uri()).lastEventId("e.17").open()) {
			assertThat(client.awaitOpen().openings().get(0).lastEventId()).isEqualTo("e.17");
			assertThat(server.requests().get(0)).contains("Last-Event-ID: e.17");
		}
	}

	@Test
	void endsWhenTheServerEndsTheStream() {
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			exchange.event("data: 1\n\n");
			exchange.write("0\r\n\r\n");
		}); SseTestClient client = SseTestClient.open(server.uri())) {
			SseClosing closing = client.awaitClosing(SOON);
			assertThat(closing).matches(SseClosing::byServer).matches(SseClosing::wasOpen);
			await().untilAsserted(() -> assertThat(client.isOpen()).isFalse());
			assertThat(client.data()).containsExactly("1");
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void saysTheStatusWhenTheServerRefuses() {
		try (ScriptedServer server = new ScriptedServer(
				(index, exchange) -> exchange.write("HTTP/1.1 401 \r\nContent-Length: 0\r\n\r\n"));
				SseTestClient client = SseTestClient.open(server.uri())) {
			assertThat(client.awaitClosing(SOON).status()).isEqualTo(401);
			assertThat(client.closings().get(0).wasOpen()).isFalse();
			assertThatExceptionOfType(AssertionError.class).isThrownBy(client::awaitOpen).withMessageContaining("401");
		}
	}

	@Test
	void saysSoWhenNobodyListens() {
		try (SseTestClient client = SseTestClient.open(URI.create("http://127.0.0.1:" + Ports.free() + "/"))) {
			assertThat(client.awaitClosing(SOON).byServer()).isFalse();
		}
	}

	@Test
	void goesToTheNextAddressWhenItFollows() {
		try (ScriptedServer first = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			exchange.event("data: 1\nid: one\n\n");
			exchange.reset();
		}); ScriptedServer second = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			exchange.event("data: 2\nid: two\n\n");
			exchange.awaitClient();
		}); SseTestClient client = SseTestClient.to(first.uri()).follow(second.uri()).open()) {
			assertThat(client.awaitEvents(2)).extracting(SseTestEvent::connection).containsExactly(0, 1);
			assertThat(client.openings()).extracting(SseOpening::uri).containsExactly(first.uri(), second.uri());
			assertThat(client.openings()).extracting(SseOpening::lastEventId).containsExactly(null, "one");
			assertThat(client.closings()).hasSize(1);
		}
	}

	@Test
	void closesTheSocketWhenClosed() throws InterruptedException {
		CountDownLatch gone = new CountDownLatch(1);
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			try {
				exchange.awaitClient();
			}
			finally {
				gone.countDown();
			}
		})) {
			SseTestClient client = SseTestClient.to(server.uri()).follow().open().awaitOpen();
			client.close();
			assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
			await().untilAsserted(() -> assertThat(client.isOpen()).isFalse());
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void readsAllWhenThereAreFiveHundredClients() {
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			for (int i = 0; i < 100; i++) {
				exchange.event("data: " + i + "\n\n");
			}
			exchange.awaitClient();
		})) {
			List<SseTestClient> clients = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				clients.add(SseTestClient.open(server.uri()));
			}
			clients.forEach((client) -> client.awaitEvents(100, Duration.ofSeconds(30)));
			clients.forEach(SseTestClient::close);
			assertThat(clients).allSatisfy((client) -> assertThat(client.data()).hasSize(100).endsWith("99"));
		}
	}

}
