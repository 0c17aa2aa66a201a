package io.github.sseredis.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.jayway.jsonpath.JsonPath;
import io.github.sseredis.EventId;
import io.github.sseredis.test.Http2Connection;
import io.github.sseredis.test.Http2SseClient;
import io.github.sseredis.test.NioSseClients;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.TcpProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The values of tags that only faults and mistakes move, read over HTTP. */
class MeterFaultsIT {

	private static final String ON_TOMCAT = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration";

	private static final Duration SOON = Duration.ofSeconds(20);

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final String prefix = RedisExtension.newPrefix();

	@Test
	void connectionsEndForEveryReason() {
		try (ObservedHost host = ObservedHost.local(ON_TOMCAT, "server.http2.enabled=true",
				"sse.limits.per-principal=1", "sse.limits.per-principal-policy=end-oldest",
				"sse.reconnect-time=100ms")) {
			for (String path : List.of("/completes", "/throws", "/expired")) {
				try (RawSseClient client = RawSseClient.open(host.address().resolve(path))) {
					client.awaitEnd(SOON);
				}
			}
			try (RawSseClient older = host.open("b&principal=kim"); RawSseClient newer = host.open("b&principal=kim")) {
				older.awaitEnd(SOON);
				host.registry().disconnect("kim").join();
				newer.awaitEnd(SOON);
			}
			try (RawSseClient client = host.open("c&impatient")) {
				host.broadcaster().broadcast("c", "too much");
				client.awaitEnd(SOON);
			}
			leaveByHttp2(host.stream("d"));
			leaveWhileWrittenTo(host);
			for (String reason : List.of("completed", "abandoned", "expired", "replaced", "disconnected", "error")) {
				ended(host, reason, 1);
			}
			ended(host, "client-gone", 2);
			assertThat(host.meter("sse_connections_ended_total")).isEqualTo(host.meter("sse_connections_opened_total"))
				.isEqualTo(8);
		}
	}

	private static void leaveWhileWrittenTo(ObservedHost host) {
		RawSseClient leaving = host.open("e");
		leaving.reset();
		await().atMost(SOON).until(() -> {
			host.broadcaster().broadcast("e", "is anybody there?").join();
			return host.registry().connectionCount("e") == 0;
		});
	}

	private static void leaveByHttp2(URI stream) {
		try (Http2SseClient client = Http2Connection.to(stream).open(stream, Map.of())) {
			client.awaitBlocks(1);
		}
	}

	@Test
	void connectionsEndWithTheApplication() throws Exception {
		ObservedHost host = ObservedHost.local("sse.shutdown.drain=5s");
		try (NioSseClients clients = NioSseClients.create()) {
			clients.open(host.stream("a"), 50);
			CompletableFuture<Void> closed = CompletableFuture.runAsync(host::close);
			await().atMost(SOON)
				.untilAsserted(() -> assertThat(host.meter("sse_connections_ended_total", "reason=\"shutdown\""))
					.isBetween(1.0, 50.0));
			closed.join();
		}
	}

	@Test
	void idsOfNoUseAreRefusedOrReset() {
		try (ObservedHost host = ObservedHost.local()) {
			String known = host.broadcaster().broadcast("a", "1").join().toString();
			try (RawSseClient tooLong = RawSseClient.open(host.stream("a"), "Last-Event-ID", "x".repeat(129))) {
				tooLong.awaitEnd(SOON);
				assertThat(host.meter("sse_refused_total", "limit=\"last-event-id\"")).isEqualTo(1);
				assertThat(host.meter("sse_refused_total")).isEqualTo(1);
			}
			for (String id : List.of("XXXXXXX1", known + "zz", "not ours")) {
				try (RawSseClient client = RawSseClient.open(host.stream("a"), "Last-Event-ID", id)) {
					client.awaitEvents(1, SOON);
				}
			}
			for (String reason : List.of("unknown-epoch", "rolled-back", "malformed")) {
				await().untilAsserted(
						() -> assertThat(host.meter("sse_resets_total", "reason=\"" + reason + "\"")).as(reason)
							.isEqualTo(1));
				assertThat(host.meter("sse_resumes_total", "outcome=\"reset\"", "reason=\"" + reason + "\""))
					.isEqualTo(1);
			}
		}
	}

	@Test
	void clientThatIsTooSlowIsReset() {
		try (ObservedHost host = redisHost("sse.log.memory=100KB", "sse.history.per-topic=5",
				"sse.history.per-partition=5");
				RawSseClient slow = RawSseClient.to(host.stream("a")).receiveBuffer(4096).open()) {
			slow.awaitBlocks(1);
			slow.pause();
			for (int i = 0; i < 400; i++) {
				host.broadcaster().broadcast("a", "x".repeat(30_000)).join();
			}
			slow.resume();
			// More than one, if the kernel took so much for it that it went on meanwhile,
			// and fell behind again.
			await().atMost(SOON).untilAsserted(() -> {
				long received = slow.events().stream().filter((event) -> "reset".equals(event.type())).count();
				assertThat(received).isPositive();
				assertThat(host.meter("sse_resets_total", "reason=\"overflow\"")).isEqualTo(received);
			});
			assertThat(host.meter("sse_resumes_total")).isZero();
		}
	}

	@Test
	void whatOthersPutInOurPlacesIsCounted() {
		try (ObservedHost host = redisHost("sse.redis.partitions=8", "sse.endpoint.path=/sse",
				"sse.ticket.path=/tickets")) {
			// More than an eighth of what may wait for the appenders.
			redis.command("PUBLISH", this.prefix + "{0}", "x".repeat(5_000_000));
			String ticket = JsonPath.read(host.post("/tickets", "X-User", "kim").body(), "$.ticket");
			List<?> keys = (List<?>) redis.command("KEYS", this.prefix + "ticket:*");
			redis.command("SET", String.valueOf(keys.get(0)), "no ticket");
			try (RawSseClient client = RawSseClient.open(host.address().resolve("/sse?ticket=" + ticket))) {
				client.awaitEvents(1, SOON);
			}
			assertThat(host.meter("sse_tickets_corrupt_total")).isEqualTo(1);
			await().untilAsserted(
					() -> assertThat(host.meter("sse_messages_dropped_total", "reason=\"overflow\"")).isEqualTo(1));
			assertThat(host.meter("sse_messages_dropped_total")).isEqualTo(1);
		}
	}

	@Test
	void whatWasMissedAndIsNoLongerInRedisIsAHoleThatStays() {
		String[] history = { "sse.history.per-topic=5", "sse.history.per-partition=5" };
		try (TcpProxy proxy = TcpProxy.to(redis.server());
				ObservedHost publisher = redisHost(history);
				ObservedHost host = ObservedHost.redis(proxy.host(), proxy.port(), this.prefix, history)) {
			publisher.broadcaster().broadcast("a", "before").join();
			await().untilAsserted(() -> assertThat(host.meter("sse_events_appended_total")).isEqualTo(1));
			proxy.refuse();
			await().untilAsserted(() -> assertThat(host.meter("sse_subscription_up")).isZero());
			for (int i = 0; i < 500; i++) {
				publisher.broadcaster().broadcast("a", "missed").join();
			}
			proxy.release();
			await().atMost(SOON)
				.untilAsserted(() -> assertThat(host.meter("sse_holes_total", "outcome=\"unrepaired\"")).isEqualTo(1));
			assertThat(host.meter("sse_holes_total", "outcome=\"repaired\"")).isZero();
		}
	}

	@Test
	void publicationOfWhichNothingIsKnownIsCountedAsThat() {
		try (TcpProxy proxy = TcpProxy.to(redis.server());
				ObservedHost host = ObservedHost.redis(proxy.host(), proxy.port(), this.prefix,
						"sse.publish.timeout=3s")) {
			host.broadcaster().broadcast("a", "before").join();
			proxy.hold();
			CompletableFuture<EventId> lost = host.broadcaster().broadcast("a", "lost");
			await().atMost(SOON).until(lost::isCompletedExceptionally);
			await().untilAsserted(
					() -> assertThat(host.meter("sse_publish_seconds_count", "outcome=\"unknown\"")).isEqualTo(1));
			proxy.release();
		}
	}

	private ObservedHost redisHost(String... properties) {
		return ObservedHost.redis(redis.host(), redis.port(), this.prefix, properties);
	}

	private static void ended(ObservedHost host, String reason, int count) {
		await().atMost(SOON)
			.untilAsserted(
					() -> assertThat(host.meter("sse_connections_ended_total", "reason=\"" + reason + "\"")).as(reason)
						.isEqualTo(count));
	}

}
