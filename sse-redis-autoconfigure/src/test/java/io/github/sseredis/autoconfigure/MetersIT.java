package io.github.sseredis.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.sseredis.EventId;
import io.github.sseredis.test.NioSseClients;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.TcpProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Every meter, moved by a load or a fault, and read over HTTP. */
class MetersIT {

	private static final Duration SOON = Duration.ofSeconds(20);

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final String prefix = RedisExtension.newPrefix();

	@Test
	void loadShowsInWhatIsAppendedAndWritten() {
		try (ObservedHost host = redisHost(); NioSseClients clients = NioSseClients.create()) {
			clients.open(host.stream("a"), 10);
			await().until(() -> host.registry().connectionCount("a") == 10);
			CompletableFuture<EventId> last = CompletableFuture.completedFuture(null);
			for (int i = 0; i < 2000; i++) {
				last = host.broadcaster().broadcast("a", "event " + i);
			}
			last.join();
			clients.awaitEvents(2000, SOON);
			await().untilAsserted(() -> assertThat(host.meter("sse_frames_total")).isEqualTo(20_000));
			assertThat(host.meter("sse_connections")).isEqualTo(10);
			assertThat(host.meter("sse_connections_opened_total")).isEqualTo(10);
			assertThat(host.meter("sse_events_appended_total", "partition=\"0\"")).isEqualTo(2000);
			assertThat(host.meter("sse_log_memory_bytes")).isGreaterThan(2000 * 80);
			assertThat(host.meter("sse_written_bytes_total")).isGreaterThan(20_000 * "data: event 1".length())
				.isCloseTo(clients.totalBytes(), org.assertj.core.data.Percentage.withPercentage(10));
			double writes = host.meter("sse_writes_total");
			assertThat(writes).isPositive().isLessThan(20_000);
			assertThat(host.meter("sse_coalescing_ratio")).isGreaterThan(1);
			assertThat(host.meter("sse_delivery_lag_seconds_count")).isPositive().isLessThanOrEqualTo(writes);
			assertThat(host.meter("sse_delivery_lag_seconds_bucket", "le=\"+Inf\"")).isPositive();
			assertThat(host.meter("sse_delivery_lag_seconds_max")).isPositive().isLessThan(SOON.toSeconds());
			await().untilAsserted(
					() -> assertThat(host.meter("sse_publish_seconds_count", "outcome=\"stored\"", "error=\"none\""))
						.isEqualTo(2000));
		}
	}

	@Test
	void connectionsEndForReasons() {
		try (ObservedHost host = redisHost()) {
			RawSseClient gone = host.open("a");
			RawSseClient disconnected = host.open("b&principal=kim");
			host.registry().disconnect("kim");
			ended(host, "disconnected", 1);
			// Seen when the container looks, or when something is written.
			gone.close();
			await().atMost(SOON).untilAsserted(() -> {
				host.broadcaster().broadcast("a", "is anybody there?");
				assertThat(host.meter("sse_connections_ended_total", "reason=\"client-gone\"")).isEqualTo(1);
			});
			assertThat(host.meter("sse_connections_ended_total")).isEqualTo(2);
			await().untilAsserted(() -> assertThat(host.meter("sse_connections")).isZero());
			assertThat(host.meter("sse_connections_opened_total")).isEqualTo(2);
			disconnected.close();
		}
	}

	@Test
	void connectionsEndWithTheirLife() {
		try (ObservedHost host = ObservedHost.local("sse.timeout=1s"); RawSseClient client = host.open("a")) {
			ended(host, "life-over", 1);
		}
	}

	@Test
	void connectionsOfClientsThatDoNotReadEndWithAnAbortedWrite() {
		try (ObservedHost host = ObservedHost.local("sse.write-timeout=500ms", "sse.limits.payload=0");
				RawSseClient stalled = RawSseClient.to(host.stream("a")).receiveBuffer(4096).stall().open()) {
			await().until(() -> host.registry().connectionCount("a") == 1);
			host.broadcaster().broadcast("a", "x".repeat(16_000_000));
			ended(host, "write-timeout", 1);
			await().untilAsserted(() -> assertThat(host.meter("sse_writes_aborted_total")).isEqualTo(1));
		}
	}

	@Test
	void connectionThatWaitsForNothingHasNoLagHoweverFarOthersAre() {
		try (ObservedHost host = ObservedHost.local(); RawSseClient quiet = host.open("quiet")) {
			for (int i = 0; i < 100; i++) {
				host.broadcaster().broadcast("busy", "event " + i).join();
			}
			await().untilAsserted(() -> assertThat(host.meter("sse_connections_lag")).isZero());
		}
	}

	@Test
	void slowestConnectionHasALag() {
		try (ObservedHost host = ObservedHost.local("sse.limits.payload=0", "sse.log.memory=64MB")) {
			try (RawSseClient reading = host.open("a");
					RawSseClient stalled = RawSseClient.to(host.stream("a")).receiveBuffer(4096).stall().open()) {
				await().until(() -> host.registry().connectionCount("a") == 2);
				host.broadcaster().broadcast("a", "x".repeat(16_000_000));
				host.broadcaster().broadcast("a", "next");
				host.broadcaster().broadcast("a", "last");
				reading.awaitEvents(3, SOON);
				await().untilAsserted(() -> assertThat(host.meter("sse_connections_lag")).isBetween(2.0, 3.0));
			}
			await().untilAsserted(() -> assertThat(host.meter("sse_connections_lag")).isZero());
		}
	}

	@Test
	void lagIsThatFromThePublicationNotFromTheArrival() {
		try (TcpProxy proxy = TcpProxy.to(redis.server());
				ObservedHost publisher = redisHost();
				ObservedHost host = ObservedHost.redis(proxy.host(), proxy.port(), this.prefix)) {
			try (RawSseClient client = host.open("a")) {
				publisher.broadcaster().broadcast("a", "fast").join();
				client.awaitEvents(1);
				await().untilAsserted(() -> assertThat(host.meter("sse_delivery_lag_seconds_count")).isPositive());
				assertThat(host.meter("sse_delivery_lag_seconds_max")).isLessThan(2);
				proxy.delay(Duration.ofSeconds(2));
				publisher.broadcaster().broadcast("a", "slow").join();
				client.awaitEvents(2, SOON);
				await()
					.untilAsserted(() -> assertThat(host.meter("sse_delivery_lag_seconds_max")).isBetween(2.0, 20.0));
			}
		}
	}

	@Test
	void resumedClientsWaitedForNothingThatIsInTheLag() {
		try (ObservedHost host = ObservedHost.local()) {
			EventId first = host.broadcaster().broadcast("a", "1").join();
			host.broadcaster().broadcast("a", "2").join();
			try (RawSseClient client = host.open("a", "Last-Event-ID", first.toString())) {
				client.awaitEvents(1);
				resumed(host, "memory", "none", 1);
				assertThat(host.meter("sse_frames_total")).isEqualTo(1);
				assertThat(host.meter("sse_delivery_lag_seconds_count")).isZero();
			}
		}
	}

	@Test
	void clientsResumeFromRedisWhatTheLogHasForgotten() {
		try (ObservedHost host = redisHost("sse.log.memory=20KB", "sse.history.per-topic=200",
				"sse.history.per-partition=200")) {
			EventId old = host.broadcaster().broadcast("a", "first").join();
			for (int i = 0; i < 50; i++) {
				host.broadcaster().broadcast("a", "x".repeat(1000)).join();
			}
			await().untilAsserted(() -> assertThat(host.meter("sse_events_appended_total")).isEqualTo(51));
			try (RawSseClient client = host.open("a", "Last-Event-ID", old.toString())) {
				client.awaitEvents(50, SOON);
				resumed(host, "redis", "none", 1);
			}
			for (int i = 0; i < 250; i++) {
				host.broadcaster().broadcast("a", "x".repeat(1000));
			}
			host.broadcaster().broadcast("a", "last").join();
			try (RawSseClient late = host.open("a", "Last-Event-ID", old.toString());
					RawSseClient foreign = host.open("a", "Last-Event-ID", "of-another-server")) {
				late.awaitEvents(1, SOON);
				foreign.awaitEvents(1, SOON);
				resumed(host, "reset", "trimmed", 1);
				resumed(host, "reset", "malformed", 1);
				resumed(host, "redis", "none", 1);
				resumed(host, "memory", "none", 0);
				assertThat(host.meter("sse_resets_total", "reason=\"trimmed\"")).isEqualTo(1);
			}
		}
	}

	@Test
	void subscriptionThatIsHalfOpenShowsInWhatIsRepairedAndReopened() {
		try (TcpProxy proxy = TcpProxy.to(redis.server());
				ObservedHost publisher = redisHost();
				ObservedHost host = ObservedHost.redis(proxy.host(), proxy.port(), this.prefix)) {
			try (RawSseClient client = host.open("a")) {
				await().untilAsserted(() -> assertThat(host.meter("sse_subscription_up")).isEqualTo(1));
				await().atMost(SOON)
					.untilAsserted(() -> assertThat(host.meter("sse_subscription_round_trip_seconds")).isPositive());
				proxy.blackHoleSubscriptions();
				publisher.broadcaster().broadcast("a", "missed").join();
				client.awaitEvents(1, SOON);
				await().untilAsserted(
						() -> assertThat(host.meter("sse_holes_total", "outcome=\"repaired\"")).isPositive());
				await().atMost(SOON)
					.untilAsserted(() -> assertThat(host.meter("sse_subscription_silence_seconds")).isGreaterThan(3));
				await().atMost(SOON)
					.untilAsserted(() -> assertThat(host.meter("sse_subscription_reopened_total")).isPositive());
				assertThat(host.meter("sse_holes_total", "outcome=\"unrepaired\"")).isZero();
			}
		}
	}

	@Test
	void messagesOfOthersAreDropped() {
		try (ObservedHost host = redisHost()) {
			host.broadcaster().broadcast("a", "ours").join();
			redis.command("PUBLISH", this.prefix + "{0}", "garbage");
			redis.command("PUBLISH", this.prefix + "{0}", "1 zzzzzzz\ne 1 1 1\nab");
			await().untilAsserted(() -> {
				assertThat(host.meter("sse_messages_dropped_total", "reason=\"malformed\"")).isEqualTo(1);
				assertThat(host.meter("sse_messages_dropped_total", "reason=\"foreign\"")).isEqualTo(1);
				assertThat(host.meter("sse_messages_dropped_total", "reason=\"overflow\"")).isZero();
			});
		}
	}

	@Test
	void publicationsArePendingWhileRedisIsGone() {
		try (TcpProxy proxy = TcpProxy.to(redis.server());
				ObservedHost host = ObservedHost.redis(proxy.host(), proxy.port(), this.prefix)) {
			host.broadcaster().broadcast("a", "before").join();
			assertThat(host.meter("sse_publish_pending")).isZero();
			proxy.refuse();
			CompletableFuture<EventId> last = CompletableFuture.completedFuture(null);
			for (int i = 0; i < 5; i++) {
				last = host.broadcaster().broadcast("a", "x".repeat(1000));
			}
			assertThat(host.meter("sse_publish_pending")).isEqualTo(5);
			assertThat(host.meter("sse_publish_buffer_bytes")).isGreaterThan(5000);
			assertThat(host.meter("sse_publish_active_seconds_count")).isEqualTo(5);
			await().untilAsserted(() -> assertThat(host.meter("sse_subscription_up")).isZero());
			proxy.release();
			last.join();
			await().untilAsserted(() -> assertThat(host.meter("sse_publish_pending")).isZero());
			assertThat(host.meter("sse_publish_buffer_bytes")).isZero();
			await().untilAsserted(() -> assertThat(host.meter("sse_subscription_up")).isEqualTo(1));
		}
	}

	@ParameterizedTest
	@CsvSource({ "connections, a, b", "per-principal, a&principal=kim, b&principal=kim", "per-address, a, b",
			"topics-per-connection, a, b&topic=c" })
	void connectionsAreRefusedByALimit(String limit, String topic, String refused) {
		try (ObservedHost host = ObservedHost.local("sse.limits." + limit + "=1");
				RawSseClient admitted = host.open(topic);
				RawSseClient tooMany = RawSseClient.open(host.stream(refused))) {
			tooMany.awaitEnd(SOON);
			assertThat(host.meter("sse_refused_total", "limit=\"" + limit + "\"")).isEqualTo(1);
			assertThat(host.meter("sse_refused_total")).isEqualTo(1);
			assertThat(host.meter("sse_connections_opened_total")).isEqualTo(1);
			assertThat(host.meter("sse_connections_ended_total")).isZero();
		}
	}

	@Test
	void publicationsFail() {
		try (ObservedHost host = redisHost("sse.limits.payload=10B")) {
			host.broadcaster().broadcast("a", "longer than ten bytes");
			host.broadcaster().broadcast("a", "short").join();
			assertThat(host.meter("sse_publish_unobserved_total")).isEqualTo(1);
			assertThat(host.meter("sse_refused_total", "limit=\"payload\"")).isEqualTo(1);
			assertThat(host.meter("sse_publish_seconds_count", "outcome=\"not-sent\"", "error=\"BroadcastException\""))
				.isEqualTo(1);
			assertThat(host.meter("sse_publish_seconds_count", "outcome=\"stored\"")).isEqualTo(1);
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

	private static void resumed(ObservedHost host, String outcome, String reason, int count) {
		await().untilAsserted(() -> assertThat(
				host.meter("sse_resumes_total", "outcome=\"" + outcome + "\"", "reason=\"" + reason + "\""))
			.isEqualTo(count));
	}

}
