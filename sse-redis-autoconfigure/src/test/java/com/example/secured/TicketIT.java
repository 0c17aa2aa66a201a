package com.example.secured;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.sseredis.ConnectionInfo;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.SseBlock;
import io.github.sseredis.test.StreamEnd;
import io.github.sseredis.test.TcpProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static com.example.secured.QuietLog.assertQuiet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One-time tickets: issued by one instance, used at another. */
@ExtendWith(OutputCaptureExtension.class)
class TicketIT {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final Pattern TICKET = Pattern.compile("\\{\"ticket\":\"([A-Za-z0-9_-]{22,})\"}");

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final String prefix = RedisExtension.newPrefix();

	@Test
	void ticketOfOneInstanceOpensOneStreamAtTheOther(CapturedOutput output) throws Exception {
		try (Instance first = start(); Instance second = start()) {
			String ticket = take(first, "1");
			try (RawSseClient client = RawSseClient.open(second.uri("/sse?ticket=" + ticket))) {
				client.awaitBlocks(1);
				assertThat(second.registry().connections()).extracting(ConnectionInfo::principal).containsExactly("1");
				first.broadcaster().broadcast("user:10", "of ten");
				first.broadcaster().broadcast("user:1", "of one");
				client.awaitEvents(1, SOON);
				assertThat(client.data()).containsExactly("of one");
				assertExpired(second, ticket);
				assertExpired(first, ticket);
				assertThat(client.end()).isEqualTo(StreamEnd.NONE);
				// Its principal is known to disconnect.
				first.registry().disconnect("1");
				assertThat(client.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
			}
			assertQuiet(output);
		}
	}

	@Test
	void ticketOpensWhatItWasIssuedForWhoeverComesWithIt() throws Exception {
		try (Instance instance = start()) {
			String ticket = take(instance, "1");
			try (RawSseClient client = RawSseClient.open(
					instance.uri("/sse?ticket=" + ticket + "&topic=user:10&principal=10"), "Authorization",
					bearer("10"))) {
				client.awaitBlocks(1);
				assertThat(instance.registry().connections()).extracting(ConnectionInfo::principal)
					.containsExactly("1");
				instance.broadcaster().broadcast("user:10", "of ten").join();
				instance.broadcaster().broadcast("user:1", "of one").join();
				client.awaitEvents(1, SOON);
				assertThat(client.data()).containsExactly("of one");
			}
		}
	}

	@Test
	void ticketIsNeitherInTheLogNorInTheActuator(CapturedOutput output) throws Exception {
		try (Instance instance = start("logging.level.io.github.sseredis=debug",
				"management.endpoints.web.exposure.include=sse", "sse.actuator.show-details=always")) {
			String ticket = take(instance, "1");
			URI uri = instance.uri("/sse?ticket=" + ticket);
			try (RawSseClient client = RawSseClient.open(uri)) {
				client.awaitBlocks(1);
				assertExpired(instance, ticket);
				for (String path : List.of("/actuator/sse", "/actuator/sse/1")) {
					HttpResponse<String> response = instance.get(path, "Authorization", bearer("1"));
					assertThat(response.statusCode()).isEqualTo(200);
					assertThat(response.body()).contains("lastEventId").doesNotContain(ticket);
				}
			}
			assertThat(output).contains("user:1").doesNotContain(ticket);
		}
	}

	@Test
	void withoutRedisNoTicketIsIssuedAndWhoHasOneIsAskedToComeBack() throws Exception {
		try (TcpProxy proxy = TcpProxy.to(redis.server());
				Instance instance = start("spring.data.redis.host=" + proxy.host(),
						"spring.data.redis.port=" + proxy.port(), "sse.ticket.ttl=5m")) {
			String ticket = take(instance, "1");
			proxy.refuse();
			long begin = System.nanoTime();
			CompletableFuture<HttpResponse<String>> refused = CompletableFuture
				.supplyAsync(() -> instance.post("/tickets", "Authorization", bearer("1")));
			URI uri = instance.uri("/sse?ticket=" + ticket);
			try (RawSseClient client = RawSseClient.open(uri)) {
				assertThat(client.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
				assertThat(client.status()).isEqualTo(200);
				assertThat(client.reconnectionTime()).isBetween(10_000L, 15_000L);
				assertThat(client.blocks()).noneMatch(SseBlock::isEvent);
			}
			assertThat(refused.join().statusCode()).isEqualTo(503);
			// A driver waits for a minute.
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
			proxy.release();
			await().atMost(SOON)
				.until(() -> instance.post("/tickets", "Authorization", bearer("1")).statusCode() == 200);
			try (RawSseClient client = RawSseClient.open(uri)) {
				client.awaitBlocks(1);
				assertThat(client.end()).isEqualTo(StreamEnd.NONE);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "unknown", "%00%0D%0A", "../../0" })
	void whatIsNoTicketIsAnsweredInTheStream(String ticket) throws Exception {
		try (Instance instance = start()) {
			assertExpired(instance, ticket);
		}
	}

	@Test
	void ticketExpires() throws Exception {
		try (Instance instance = start("sse.ticket.ttl=1ms")) {
			assertExpired(instance, take(instance, "1"));
		}
	}

	@Test
	void streamOfATicketEndsWhenTheTokenOfItsPrincipalExpires() throws Exception {
		try (Instance instance = start()) {
			Instant expiresAt = Instant.now().plusSeconds(3);
			HttpResponse<String> response = instance.post("/tickets", "Authorization",
					"Bearer " + BearerTokenHost.token("1", expiresAt));
			try (RawSseClient client = RawSseClient.open(instance.uri("/sse?ticket=" + ticket(response)))) {
				client.awaitBlocks(1);
				assertThat(client.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
				assertThat(Instant.now().plusSeconds(1)).isAfter(expiresAt);
			}
		}
	}

	@Test
	void nobodyGetsATicketOrAStreamWithoutAuthentication() throws Exception {
		try (Instance instance = start(); RawSseClient client = RawSseClient.open(instance.uri("/sse"))) {
			assertThat(instance.post("/tickets").statusCode()).isEqualTo(401);
			assertThat(client.awaitHeaders().status()).isEqualTo(401);
		}
	}

	@Test
	void ticketIsNotCached() throws Exception {
		try (Instance instance = start()) {
			HttpResponse<String> response = instance.post("/tickets", "Authorization", bearer("1"));
			assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
			assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
		}
	}

	@Test
	void originsAreThoseOfTheHostExactly() throws Exception {
		try (Instance instance = start()) {
			HttpResponse<String> allowed = instance.post("/tickets", "Authorization", bearer("1"), "Origin",
					"https://app.example.com");
			assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example.com");
			HttpResponse<String> other = instance.post("/tickets", "Authorization", bearer("1"), "Origin",
					"https://app.example.com.evil.org");
			assertThat(other.statusCode()).isEqualTo(403);
			try (RawSseClient stream = RawSseClient.open(instance.uri("/sse?ticket=" + ticket(allowed)), "Origin",
					"https://app.example.com")) {
				assertThat(stream.awaitHeaders().header("Access-Control-Allow-Origin"))
					.isEqualTo("https://app.example.com");
			}
		}
	}

	@Test
	void withoutRedisTicketsAreKeptInTheProcess() throws Exception {
		try (Instance instance = Instance.start(TicketHost.class, "sse.endpoint.path=/sse", "sse.ticket.path=/tickets",
				"sse.reconnect-time=1s")) {
			String ticket = take(instance, "1");
			try (RawSseClient client = RawSseClient.open(instance.uri("/sse?ticket=" + ticket))) {
				client.awaitBlocks(1);
				assertExpired(instance, ticket);
			}
		}
	}

	private Instance start(String... properties) {
		List<String> all = new ArrayList<>(List.of("sse.channel-prefix=" + this.prefix, "sse.reconnect-time=1s",
				"sse.endpoint.path=/sse", "sse.ticket.path=/tickets"));
		all.addAll(List.of(properties));
		if (all.stream().noneMatch((property) -> property.startsWith("spring.data.redis."))) {
			all.addAll(List.of("spring.data.redis.host=" + redis.host(), "spring.data.redis.port=" + redis.port()));
		}
		return Instance.start(TicketHost.class, all.toArray(String[]::new));
	}

	private static String take(Instance instance, String user) throws Exception {
		return ticket(instance.post("/tickets", "Authorization", bearer(user)));
	}

	private static String bearer(String user) {
		return "Bearer " + BearerTokenHost.token(user, Instant.now().plusSeconds(300));
	}

	private static String ticket(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		Matcher matcher = TICKET.matcher(response.body());
		assertThat(matcher.matches()).as(response.body()).isTrue();
		return matcher.group(1);
	}

	private static void assertExpired(Instance instance, String ticket) {
		URI uri = instance.uri("/sse?ticket=" + ticket);
		try (RawSseClient client = RawSseClient.open(uri)) {
			assertThat(client.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.reconnectionTime()).isBetween(10_000L, 15_000L);
			assertThat(client.blocks()).filteredOn(SseBlock::isEvent)
				.singleElement()
				.satisfies((event) -> assertThat(event.type()).isEqualTo("ticket-expired"));
			assertThat(client.lastEventId()).isEmpty();
		}
	}

}
