package io.github.sseredis.test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class RawSseClientTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	@Test
	void showsTheWireWhenTheStreamIsOpen() {
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			exchange.event("retry: 3100\nid: 5\n\n");
			exchange.event("event: order\ndata: 주문\nid: 6\n\n");
			exchange.event("id: 7\n\n");
			exchange.awaitClient();
		}); RawSseClient client = RawSseClient.to(server.uri()).lastEventId("4").open()) {
			List<SseBlock> blocks = client.awaitBlocks(3);
			assertThat(client.statusLine()).isEqualTo("HTTP/1.1 200 OK");
			assertThat(client.header("content-TYPE")).isEqualTo("text/event-stream");
			assertThat(client.header("Cache-Control")).isNull();
			assertThat(blocks).extracting(SseBlock::lastEventId).containsExactly("5", "6", "7");
			assertThat(blocks).extracting(SseBlock::isIdOnly).containsExactly(false, false, true);
			assertThat(client.data()).containsExactly("주문");
			assertThat(client.lastEventId()).isEqualTo("7");
			assertThat(client.reconnectionTime()).isEqualTo(3100L);
			assertThat(client.chunks()).hasSize(3);
			assertThat(client.body()).startsWith("retry: 3100\nid: 5\n\nevent");
			assertThat(server.requests().get(0)).startsWith("GET /stream HTTP/1.1\r\n")
				.contains("Last-Event-ID: 4\r\n");
		}
	}

	@Test
	void tellsTheEndsApartWhenTheConnectionEnds() {
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			exchange.event("data: 1\n\n");
			if (index == 0) {
				exchange.write("0\r\n\r\n");
				exchange.awaitClient();
			}
			else if (index == 2) {
				exchange.write("zzz\r\n");
				exchange.awaitClient();
			}
		})) {
			assertThat(end(server)).isEqualTo(StreamEnd.COMPLETE);
			assertThat(end(server)).isEqualTo(StreamEnd.CUT);
			assertThat(end(server)).isEqualTo(StreamEnd.MALFORMED);
		}
	}

	@Test
	void seesTheResetWhenTheServerResets() {
		CountDownLatch seen = new CountDownLatch(1);
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			ScriptedServer.hold(seen);
			exchange.reset();
		}); RawSseClient client = RawSseClient.open(server.uri())) {
			client.awaitHeaders();
			seen.countDown();
			assertThat(client.awaitEnd(SOON)).isEqualTo(StreamEnd.RESET);
		}
	}

	@Test
	void stopsTheWriterWhenItStalls() {
		AtomicLong written = new AtomicLong();
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			String event = "data: " + "x".repeat(64 * 1024) + "\n\n";
			for (int i = 0; i < 400; i++) {
				exchange.event(event);
				written.incrementAndGet();
			}
			exchange.awaitClient();
		}); RawSseClient client = RawSseClient.to(server.uri()).receiveBuffer(4096).stall().open()) {
			awaitStandstill(written);
			assertThat(written.get()).isLessThan(200);
			assertThat(client.bytesRead()).isZero();
			client.resume();
			client.awaitEvents(20, SOON);
			client.pause();
			long read = client.bytesRead();
			awaitStandstill(written);
			assertThat(client.bytesRead()).isEqualTo(read);
			client.resume();
			assertThat(client.awaitEvents(400, Duration.ofSeconds(60))).hasSize(400);
		}
	}

	@Test
	void letsTheServerSeeTheResetWhenItResets() {
		AtomicReference<Exception> seen = new AtomicReference<>();
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			try {
				exchange.awaitClient();
			}
			catch (IOException ex) {
				seen.set(ex);
			}
		})) {
			RawSseClient client = RawSseClient.open(server.uri()).awaitHeaders();
			client.reset();
			await().untilAsserted(() -> assertThat(seen.get()).hasMessageContaining("reset"));
			assertThat(client.end()).isEqualTo(StreamEnd.BY_CLIENT);
		}
	}

	@Test
	void saysWhatItSawWhenNothingComes() {
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			exchange.event("data: 1\n\n");
			exchange.awaitClient();
		}); RawSseClient client = RawSseClient.open(server.uri())) {
			client.awaitEvents(1);
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> client.awaitEvents(2, Duration.ofMillis(100)))
				.withMessageContaining("2 events, saw")
				.withMessageContaining("data: 1");
		}
	}

	private static void awaitStandstill(AtomicLong counter) {
		AtomicLong last = new AtomicLong(-1);
		await().pollInterval(Duration.ofMillis(300)).until(() -> last.getAndSet(counter.get()) == counter.get());
	}

	private static StreamEnd end(ScriptedServer server) {
		try (RawSseClient client = RawSseClient.open(server.uri())) {
			client.awaitEvents(1);
			return client.awaitEnd(SOON);
		}
	}

}
