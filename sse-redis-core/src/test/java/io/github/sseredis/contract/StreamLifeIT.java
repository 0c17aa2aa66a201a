package io.github.sseredis.contract;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import io.github.sseredis.test.SseBlock;
import io.github.sseredis.test.StreamEnd;
import io.github.sseredis.test.WireClient;
import io.github.sseredis.web.ConnectionLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a stream is on the wire, from its opening to its end, on every server. */
@ExtendWith(OutputCaptureExtension.class)
class StreamLifeIT {

	private static final Duration SOON = Duration.ofSeconds(20);

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void opensAtOnceWithHeadersRetryAndId(WebServer webServer) throws Exception {
		try (Instance instance = Instance.local().on(webServer).start(); WireClient client = instance.open("a")) {
			client.awaitHeaders();
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.header("Content-Type")).isEqualTo("text/event-stream");
			assertThat(client.header("Cache-Control")).isEqualTo("no-store, no-transform");
			assertThat(client.header("X-Accel-Buffering")).isEqualTo("no");
			SseBlock opening = client.awaitBlocks(1).get(0);
			assertThat(opening.isEvent()).isFalse();
			assertThat(opening.retry()).isBetween(100L, 150L);
			assertThat(opening.id()).isEqualTo(instance.broadcaster().lastEventId().toString());
		}
	}

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void opensWithTheClientsOwnIdWhenItResumes(WebServer webServer) throws Exception {
		try (Instance instance = Instance.local().on(webServer).start()) {
			String id = instance.broadcaster().broadcast("a", "1").join().toString();
			instance.broadcaster().broadcast("a", "2").join();
			try (WireClient client = instance.resume("a", id)) {
				assertThat(client.awaitBlocks(2).get(0).id()).isEqualTo(id);
				assertThat(client.awaitBlocks(2).get(1).data()).isEqualTo("2");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void opensWithoutAnIdWhenAResetFollows(WebServer webServer) throws Exception {
		try (Instance instance = Instance.local().on(webServer).start();
				WireClient client = instance.resume("a", "XXXXXXX1")) {
			List<SseBlock> blocks = client.awaitBlocks(2);
			assertThat(blocks.get(0).id()).isNull();
			assertThat(blocks.get(1).type()).isEqualTo("reset");
			assertThat(blocks.get(1).id()).isEqualTo(instance.broadcaster().lastEventId().toString());
		}
	}

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void sendsThePositionWhenQuiet(WebServer webServer) throws Exception {
		try (Instance instance = Instance.local()
			.on(webServer)
			.options((options) -> options.heartbeatInterval(Duration.ofMillis(200)))
			.start(); WireClient client = instance.open("a")) {
			client.awaitBlocks(1);
			String id = instance.broadcaster().broadcast("other", "x").join().toString();
			// Before the default would have passed.
			SseBlock heartbeat = client.awaitBlock((block) -> id.equals(block.id()), Duration.ofSeconds(10));
			assertThat(heartbeat.isIdOnly()).isTrue();
		}
	}

	@Test
	void sendsTheConnectEventWhenItHasAName() throws Exception {
		try (Instance instance = Instance.local().options((options) -> options.connectEvent("connect")).start();
				WireClient client = instance.open("a")) {
			SseBlock event = client.awaitBlock(SseBlock::isEvent, SOON);
			assertThat(event.type()).isEqualTo("connect");
			assertThat(event.data()).isEqualTo("{}");
			assertThat(event.id()).isEqualTo(instance.broadcaster().lastEventId().toString());
		}
	}

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void endsCleanlyWhenItsLifeIsOver(WebServer webServer, CapturedOutput output) throws Exception {
		try (Instance instance = Instance.local()
			.on(webServer)
			.options((options) -> options.timeout(Duration.ofMillis(500)))
			.start(); WireClient client = instance.open("a")) {
			client.awaitEnd(SOON);
			assertThat(client.end()).isEqualTo(StreamEnd.COMPLETE);
			await().until(() -> instance.registry().connectionCount() == 0);
			assertThat(output).doesNotContain("WARN").doesNotContain("ERROR").doesNotContain("Exception");
		}
	}

	// What people write who mean "for ever".
	@ParameterizedTest
	@ValueSource(longs = { Long.MAX_VALUE, Long.MAX_VALUE / 1_000_000 })
	void livesForLongerThanAnybodyCanCount(long millis) throws Exception {
		try (Instance instance = Instance.local()
			.options((options) -> options.heartbeatInterval(Duration.ofMillis(100)))
			.start();
				WireClient client = instance.open(instance.uri("/lives?topic=a&for=" + Duration.ofMillis(millis)))) {
			client.awaitBlocks(5);
			assertThat(client.end()).isEqualTo(StreamEnd.NONE);
			assertThat(instance.registry().connectionCount()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void leavesNothingBehindWhenControllersThrowAfterSubscribe(WebServer webServer) throws Exception {
		try (Instance instance = Instance.local().on(webServer).property("logging.level.root=off").start()) {
			for (int i = 0; i < 300; i++) {
				try (WireClient client = instance.open(instance.uri("/throws?topic=a"))) {
					assertThat(client.awaitHeaders().status()).isEqualTo(500);
				}
			}
			await().until(() -> instance.registry().connectionCount() == 0);
			assertThat(instance.registry().connectionCount("a")).isZero();
		}
	}

	@Test
	void leavesNothingBehindWhenTheEmitterIsNotReturned(CapturedOutput output) throws Exception {
		try (Instance instance = Instance.local().start()) {
			get(instance.uri("/forgets?topic=a"));
			await().until(() -> instance.registry().connectionCount() == 0);
			assertThat(output).contains("Connection [a]").contains("ended without a stream");
		}
	}

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void endsWhenTheControllerHasCompletedTheEmitter(WebServer webServer) throws Exception {
		try (Instance instance = Instance.local().on(webServer).start();
				WireClient client = instance.open(instance.uri("/completes?topic=a"))) {
			client.awaitEnd(SOON);
			assertThat(client.end()).isEqualTo(StreamEnd.COMPLETE);
			assertThat(client.status()).isEqualTo(200);
			await().until(() -> instance.registry().connectionCount() == 0);
		}
	}

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void streamsInsideAResponseEntity(WebServer webServer, CapturedOutput output) throws Exception {
		streamsAsAnEntity(webServer, "/entity?topic=a", output);
	}

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void streamsWhenTheControllerReturnsAFuture(WebServer webServer, CapturedOutput output) throws Exception {
		streamsAsAnEntity(webServer, "/future?topic=a", output);
	}

	private static void streamsAsAnEntity(WebServer webServer, String path, CapturedOutput output) throws Exception {
		try (Instance instance = Instance.local().on(webServer).start();
				WireClient client = instance.open(instance.uri(path))) {
			client.awaitBlocks(1);
			assertThat(client.header("X-Test")).isEqualTo("entity");
			assertThat(client.header("Content-Type")).isEqualTo("text/event-stream");
			instance.broadcaster().broadcast("a", "inside").join();
			assertThat(client.awaitBlock(SseBlock::isEvent, SOON).data()).isEqualTo("inside");
			// Now: client and server that leave at once may make Tomcat say something.
			assertThat(output).doesNotContain("WARN").doesNotContain("ERROR");
		}
	}

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void asksToComeBackMuchLaterWhenALimitIsReached(WebServer webServer) throws Exception {
		try (Instance instance = Instance.local().on(webServer).limits(new ConnectionLimits(2, 0, 0, 0)).start();
				WireClient first = instance.open("a");
				WireClient second = instance.open("a")) {
			first.awaitBlocks(1);
			second.awaitBlocks(1);
			try (WireClient refused = instance.open("a")) {
				refused.awaitEnd(SOON);
				assertThat(refused.end()).isEqualTo(StreamEnd.COMPLETE);
				assertThat(refused.status()).isEqualTo(200);
				assertThat(refused.reconnectionTime()).isBetween(1000L, 1500L);
				assertThat(refused.lastEventId()).isEmpty();
			}
			assertThat(instance.registry().connectionCount()).isEqualTo(2);
			first.close();
			instance.broadcaster().broadcast("a", "x").join();
			await().until(() -> {
				instance.broadcaster().broadcast("a", "x").join();
				return instance.registry().connectionCount() == 1;
			});
			try (WireClient third = instance.open("a")) {
				assertThat(third.awaitBlocks(1).get(0).id()).isNotNull();
			}
		}
	}

	@Test
	void limitsConnectionsOfAPrincipalAndTopicsOfAConnection() throws Exception {
		try (Instance instance = Instance.local().limits(new ConnectionLimits(0, 1, 0, 2)).start()) {
			URI jin = URI.create(instance.stream("a") + "&user=jin");
			try (WireClient first = instance.open(jin)) {
				first.awaitBlocks(1);
				try (WireClient second = instance.open(jin)) {
					second.awaitEnd(SOON);
					assertThat(second.status()).isEqualTo(200);
				}
			}
			try (WireClient many = instance.open("a", "b", "c")) {
				many.awaitEnd(SOON);
				assertThat(many.reconnectionTime()).isGreaterThanOrEqualTo(1000L);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void endsAllStreamsWithRetryWhenTheApplicationStops(WebServer webServer) throws Exception {
		Instance instance = Instance.local().on(webServer).start();
		try (WireClient client = instance.open("a"); WireClient other = instance.open("b")) {
			client.awaitBlocks(1);
			other.awaitBlocks(1);
			long begin = System.nanoTime();
			instance.close();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
			client.awaitEnd(SOON);
			assertThat(client.end()).isEqualTo(StreamEnd.COMPLETE);
			assertThat(client.blocks().get(client.blocks().size() - 1).retry()).isNotNull();
		}
	}

	@Test
	void answersAHeadRequestWithoutAStream() throws Exception {
		try (Instance instance = Instance.local().start()) {
			HttpRequest request = HttpRequest.newBuilder(instance.stream("a"))
				.method("HEAD", HttpRequest.BodyPublishers.noBody())
				.timeout(SOON)
				.build();
			assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
				.isEqualTo(200);
			await().until(() -> instance.registry().connectionCount() == 0);
		}
	}

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void logsNothingWhenClientsLeave(WebServer webServer, CapturedOutput output) throws Exception {
		try (Instance instance = Instance.local().on(webServer).start()) {
			for (int i = 0; i < 20; i++) {
				WireClient client = instance.open("a");
				client.awaitBlocks(1);
				client.reset();
			}
			await().until(() -> {
				instance.broadcaster().broadcast("a", "x".repeat(1000)).join();
				return instance.registry().connectionCount() == 0;
			});
			await().atMost(SOON).until(() -> instance.containerConnectionCount() == 0);
			await().atMost(SOON).until(() -> instance.openRequestCount() == 0);
			assertThat(output).doesNotContain("WARN").doesNotContain("ERROR").doesNotContain("Exception");
		}
	}

	private static void get(URI uri) throws Exception {
		HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
	}

}
