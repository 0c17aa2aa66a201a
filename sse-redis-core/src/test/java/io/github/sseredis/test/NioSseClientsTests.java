package io.github.sseredis.test;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class NioSseClientsTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	@Test
	void recordsEachConnectionWhenThereAreMany() {
		CountDownLatch go = new CountDownLatch(1);
		AtomicLong sum = new AtomicLong();
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			exchange.event("retry: 10\nid: 0\n\n");
			ScriptedServer.hold(go);
			for (int i = 1; i <= 50; i++) {
				exchange.event("event: order\ndata: {\"n\":" + i + "}\nid: e." + i + "\n\n");
			}
			exchange.awaitClient();
		});
				NioSseClients clients = NioSseClients.create()
					.recordNumbers()
					.onEvent((index, number) -> sum.addAndGet(number))) {
			clients.open(server.uri(), 300);
			assertThat(clients.openCount()).isEqualTo(300);
			go.countDown();
			clients.awaitEvents(50, SOON);
			assertThat(clients.totalEvents()).isEqualTo(300 * 50);
			assertThat(sum).hasValue(300 * 1275);
			for (int i = 0; i < 300; i++) {
				assertThat(clients.numbers(i)).containsExactly(LongStream.rangeClosed(1, 50).toArray());
				assertThat(clients.lastEventId(i)).isEqualTo("e.50");
			}
		}
	}

	@Test
	void sendsEachItsHeadersWhenTheyResume() {
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			exchange.awaitClient();
		}); NioSseClients clients = NioSseClients.create()) {
			int first = clients.start(server.uri(), 3, (index) -> Map.of("Last-Event-ID", "e." + index));
			clients.awaitOpen(first, 3, SOON);
			assertThat(server.requests()).anyMatch((request) -> request.contains("Last-Event-ID: e.2\r\n"));
		}
	}

	@Test
	void countsTheEndsWhenConnectionsEnd() {
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			if (index % 2 == 0) {
				exchange.write("0\r\n\r\n");
			}
		}); NioSseClients clients = NioSseClients.create()) {
			clients.open(server.uri(), 40);
			clients.awaitAllEnded(SOON);
			assertThat(clients.ends())
				.containsExactlyInAnyOrderEntriesOf(Map.of(StreamEnd.COMPLETE, 20L, StreamEnd.CUT, 20L));
			assertThat(clients.openCount()).isZero();
		}
	}

	@Test
	void saysTheStatusWhenOneIsRefused() {
		try (ScriptedServer server = new ScriptedServer(
				(index, exchange) -> exchange.write("HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n"));
				NioSseClients clients = NioSseClients.create()) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> clients.open(server.uri(), 1))
				.withMessageContaining("503");
		}
	}

	@Test
	void readsNothingFromSomeWhenTheyPause() {
		CountDownLatch go = new CountDownLatch(1);
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			ScriptedServer.hold(go);
			for (int i = 0; i < 20; i++) {
				exchange.event("data: " + i + "\n\n");
			}
			exchange.awaitClient();
		}); NioSseClients clients = NioSseClients.create().receiveBuffer(4096)) {
			clients.open(server.uri(), 10);
			clients.pause((index) -> index < 5);
			go.countDown();
			await().atMost(SOON).until(() -> clients.totalEvents() == 5 * 20);
			assertThat(clients.events(4)).isZero();
			clients.resume((index) -> index < 5);
			clients.awaitEvents(20, SOON);
			assertThat(clients.totalEvents()).isEqualTo(10 * 20);
		}
	}

	@Test
	void letsTheServerSeeItWhenSomeAreClosed() {
		AtomicLong gone = new AtomicLong();
		try (ScriptedServer server = new ScriptedServer((index, exchange) -> {
			exchange.write(ScriptedServer.CHUNKED);
			try {
				exchange.awaitClient();
			}
			finally {
				gone.incrementAndGet();
			}
		}); NioSseClients clients = NioSseClients.create()) {
			clients.open(server.uri(), 10);
			clients.close((index) -> index < 3);
			clients.reset((index) -> index == 9);
			await().atMost(SOON).until(() -> gone.get() == 4);
			assertThat(clients.openCount()).isEqualTo(6);
			assertThat(clients.ends()).isEqualTo(Map.of(StreamEnd.BY_CLIENT, 4L));
		}
	}

}
