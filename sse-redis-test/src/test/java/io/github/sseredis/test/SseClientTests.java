package io.github.sseredis.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

import io.github.sseredis.test.ScriptedStream.Peer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SseClient} and its expectations, against a server that is told what to
 * say.
 */
class SseClientTests {

	private final ScriptedStream server = new ScriptedStream();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void opensWithWhatABrowserSends() {
		try (SseClient client = SseClient.to(this.server.uri()).basicAuth("kim", "pw").header("X-Mart", "7").open()) {
			Peer peer = this.server.next().open();
			assertThat(client).opens();
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.header("content-type")).isEqualTo("text/event-stream");
			assertThat(peer.request())
				.contains("GET /stream?user=1 HTTP/1.1", "Accept: text/event-stream", "Authorization: Basic a2ltOnB3",
						"X-Mart: 7")
				.noneMatch((line) -> line.startsWith("Last-Event-ID"));
		}
	}

	@Test
	void isOpenWithTheFirstBlockAndNotBefore() {
		try (SseClient client = SseClient.to(this.server.uri()).deadline(Duration.ofMillis(200)).open()) {
			Peer peer = this.server.next().say(ScriptedStream.HEAD + "\r\nid: 1\n");
			assertFails(client::awaitOpen, "an open stream");
			peer.say("\n");
			Awaitility.await().untilAsserted(() -> assertThat(client).opens());
			assertThat(client.lastEventId()).isEqualTo("1");
		}
	}

	@Test
	void sendsBearerTokenAndLastEventIdWhenGiven() {
		try (SseClient client = SseClient.to(this.server.uri()).bearerToken("t").lastEventId("7-x").open()) {
			assertThat(this.server.next().request()).contains("Authorization: Bearer t", "Last-Event-ID: 7-x");
			assertThat(client.lastEventId()).isEqualTo("7-x");
		}
	}

	@Test
	void expectsEventsInOrder() {
		try (SseClient client = this.server.client()) {
			this.server.next()
				.open()
				.say("event: order\ndata: {\"id\":1}\n\ndata: a\n\ndata: b\n\nevent: end\ndata\n\n");
			assertThat(client).receives("order", Order.class, (order) -> assertThat(order.id()).isEqualTo(1))
				.receivesData("a", "b")
				.receives("end", "");
			assertThat(client.events()).hasSize(4);
		}
	}

	@Test
	void failsAtOnceWhenAnotherEventIsNext() {
		try (SseClient client = this.server.client()) {
			this.server.next()
				.open()
				.say("event: a\ndata: 1\n\nevent: a\ndata: 2\n\nevent: a\ndata: 3\n\nevent: a\ndata\n\n"
						+ "event: a\ndata: no order\n\n");
			assertFails(() -> assertThat(client).receives("b"), "type 'b' next", "data=1");
			assertFails(() -> assertThat(client).receives("a", "x"), "data 'x'", "data=2");
			assertFails(() -> assertThat(client).receivesData("y"), "data 'y'", "data=3");
			assertFails(() -> assertThat(client).receivesReset(), "type 'reset' next");
			assertFails(() -> assertThat(client).receives("a", Order.class, (order) -> {
			}), "Order, but got", "data=no order");
		}
	}

	@Test
	void failsAtOnceWhenTheStreamEndsBeforeTheEvent() {
		try (SseClient client = this.server.client()) {
			this.server.next().open().say("event: a\ndata: 1\n\n").end();
			assertFails(() -> client.awaitEvent("b"), "an event of type 'b'", "ended by the server", "data=1");
		}
	}

	@Test
	void failsAtTheDeadlineWhenNothingComes() {
		try (SseClient client = SseClient.to(this.server.uri()).deadline(Duration.ofMillis(200)).open()) {
			assertFails(client::awaitOpen, "an open stream within 200 ms", "not answered yet");
			this.server.next().open();
			assertFails(() -> assertThat(client).receives("order"), "an event of type 'order' within 200 ms");
		}
	}

	@Test
	void skipsToAnEventOfAType() {
		try (SseClient client = this.server.client()) {
			this.server.next().open().say("data: a\n\nevent: order\ndata: 1\n\ndata: a\n\ndata: c\n\ndata: b\n\n");
			assertThat(client.awaitEvent("order").data()).isEqualTo("1");
			assertThat(client.awaitEvent((event) -> event.data().compareTo("b") > 0).data()).isEqualTo("c");
			assertThat(client.awaitEvent()).isEqualTo(new ReceivedEvent("message", "b", ""));
		}
	}

	@Test
	void expectsNothingOnAnOpenStreamOnly() {
		try (SseClient client = this.server.client()) {
			Peer peer = this.server.next().open();
			assertThat(client).opens().receivesNothing();
			peer.say(": a comment\nid: 1\n\n");
			assertThat(client).receivesNothingFor(Duration.ofMillis(50));
			peer.say("data: a\n\n");
			assertFails(() -> assertThat(client).receivesNothingFor(Duration.ofSeconds(20)), "no event", "data=a");
			peer.end();
			assertThat(client).ends();
			assertFails(() -> assertThat(client).receivesNothing(), "on an open stream", "ended by the server");
		}
	}

	@Test
	void expectsResets() {
		try (SseClient client = this.server.client()) {
			String reset = "event: reset\ndata: {\"reason\": \"trimmed\", \"topics\": [\"a\"]}\n\n";
			this.server.next().open().say(reset + reset + reset);
			assertThat(client).receivesReset().receivesReset("trimmed");
			assertFails(() -> assertThat(client).receivesReset("overflow"), "reset for 'overflow'", "trimmed");
		}
	}

	@Test
	void expectsResetsByAnotherName() {
		try (SseClient client = SseClient.to(this.server.uri()).resetEvent("reload").open()) {
			this.server.next().open().say("event: reload\ndata: {\"reason\":\"trimmed\"}\n\n");
			assertThat(client).receivesReset("trimmed");
		}
	}

	@Test
	void resumesAfterABlockWithNothingButAnId() {
		try (SseClient client = this.server.client()) {
			this.server.next().open().say("retry: 4200\nid: 1\n\ndata: a\nid: 2\n\nid: 3\n\ndata: lost");
			assertThat(client).receivesData("a");
			Awaitility.await().until(() -> client.lastEventId().equals("3"));
			assertThat(client.retry()).isEqualTo(Duration.ofMillis(4200));
			client.resume();
			assertThat(this.server.next().open().say("data: b\n\n").request()).contains("Last-Event-ID: 3");
			assertThat(client).receivesData("b").receivesNothing();
			assertThat(client.lastEventId()).isEqualTo("3");
		}
	}

	@Test
	void resumesElsewhere() {
		try (ScriptedStream other = new ScriptedStream(); SseClient client = this.server.client()) {
			this.server.next().open().say("id: 1\n\n: seen\n\n");
			Awaitility.await().until(() -> client.comments().contains("seen"));
			client.resume(other.uri());
			assertThat(other.next().request()).contains("Last-Event-ID: 1");
		}
	}

	@Test
	void breaksTheConnectionAbortively() throws Exception {
		try (SseClient client = this.server.client()) {
			Peer peer = this.server.next().open();
			assertThat(client).opens();
			client.breakConnection();
			assertThat(peer.awaitReset()).isTrue();
			assertThat(client.isOpen()).isFalse();
			assertFails(() -> assertThat(client).receives("a"), "closed by the test");
		}
	}

	@Test
	void closesInPeace() throws Exception {
		SseClient client = this.server.client();
		Peer peer = this.server.next().open();
		assertThat(client).opens();
		client.close();
		assertThat(peer.awaitReset()).isFalse();
	}

	@Test
	void tellsTheEndOfAStreamFromABreak() {
		String chunked = ScriptedStream.HEAD + "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: a\n\n\r\n";
		try (SseClient whole = this.server.client()) {
			this.server.next().say(chunked + "9;x=y\r\ndata: b\n\n\r\n0\r\n\r\n");
			assertThat(whole).receivesData("a", "b").ends();
		}
		try (SseClient broken = this.server.client()) {
			this.server.next().say(chunked).end();
			assertThat(broken).receivesData("a");
			assertFails(() -> assertThat(broken).ends(), "the end of the stream", "broken");
		}
	}

	@Test
	void readsAStreamOfKnownLength() {
		try (SseClient client = this.server.client()) {
			this.server.next().say(ScriptedStream.HEAD + "Content-Length: 9\r\n\r\ndata: a\n\n");
			assertThat(client).receivesData("a").ends();
		}
	}

	@Test
	void expectsRefusals() {
		try (SseClient client = this.server.client()) {
			this.server.next().say("HTTP/1.1 401 \r\nContent-Length: 0\r\n\r\n");
			assertThat(client).isRefusedWith(401);
			assertFails(() -> assertThat(client).isRefusedWith(403), "status 403, but got 401");
			assertFails(client::awaitOpen, "refused (status 401");
		}
		try (SseClient client = this.server.client()) {
			this.server.next().open();
			assertFails(() -> assertThat(client).isRefusedWith(401), "got 200");
		}
	}

	@Test
	void saysWhatCameInPlaceOfAStream() {
		try (SseClient client = this.server.client()) {
			this.server.next()
				.say("HTTP/1.1 404 \r\nContent-Type: application/problem+json\r\nContent-Length: 23\r\n\r\n"
						+ "{\n  \"detail\": \"gone\"\n}");
			assertFails(client::awaitOpen,
					"status 404, content type application/problem+json: { \"detail\": \"gone\" }");
		}
		try (SseClient client = this.server.client()) {
			this.server.next().say("HTTP/1.1 302 \r\nLocation: /login\r\nContent-Length: 0\r\n\r\n");
			assertFails(() -> assertThat(client).opens(), "status 302, to /login");
		}
		try (SseClient client = this.server.client()) {
			this.server.next().say("HTTP/1.1 500 \r\n\r\nnever ends");
			assertFails(() -> assertThat(client).receives("order"), "status 500: never ends");
		}
	}

	@Test
	void givesUpOnWhoeverDoesNotSpeakTls() {
		String uri = this.server.uri().replace("http:", "https:");
		SseClient.Builder builder = SseClient.to(uri).deadline(Duration.ofMillis(200));
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(builder::open)
			.withMessageContaining("Cannot connect to " + uri);
	}

	@Test
	void isRefusedWhenTheAnswerIsNoStream() {
		try (SseClient client = this.server.client()) {
			this.server.next().say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n");
			assertThat(client).isRefusedWith(200);
		}
	}

	@Test
	void saysWhenNobodyListens() throws IOException {
		// Bound, so that nobody else listens there meanwhile.
		try (Socket bound = new Socket()) {
			bound.bind(new InetSocketAddress("localhost", 0));
			String uri = "http://localhost:" + bound.getLocalPort() + "/";
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> SseClient.open(uri))
				.withMessageContaining("Cannot connect to " + uri);
		}
	}

	@Test
	void refusesWhatCannotBeSent() {
		assertThatIllegalArgumentException().isThrownBy(() -> SseClient.to("/stream"));
		assertThatIllegalArgumentException().isThrownBy(() -> SseClient.to(this.server.uri()).header("a", "b\r\nc: d"));
	}

	private static void assertFails(ThrowingCallable expectation, String... words) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(expectation)
			.satisfies((error) -> assertThat(error.getMessage()).contains(words));
	}

	record Order(int id) {

	}

}
