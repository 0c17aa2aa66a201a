package com.example.secured;

import java.time.Duration;
import java.time.Instant;

import io.github.sseredis.ConnectionInfo;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.StreamEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static com.example.secured.QuietLog.assertQuiet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Streams in hosts with Spring Security, each as its host has set that up. */
@ExtendWith(OutputCaptureExtension.class)
class SecuredStreamsTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	@ParameterizedTest
	@ValueSource(strings = { "test.server=tomcat", Instance.ON_JETTY })
	void streamOfASessionEndsItsLifeQuietly(String server, CapturedOutput output) throws Exception {
		try (Instance instance = Instance.start(FormLoginHost.class, "sse.timeout=3s", server)) {
			assertDeliversToOwnerAndEnds(instance, "Cookie", instance.login("1"), output);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "test.server=tomcat", Instance.ON_JETTY })
	void streamOfABearerTokenEndsItsLifeQuietly(String server, CapturedOutput output) throws Exception {
		try (Instance instance = Instance.start(BearerTokenHost.class, "sse.timeout=3s", server)) {
			String token = BearerTokenHost.token("1", Instant.now().plusSeconds(300));
			assertDeliversToOwnerAndEnds(instance, "Authorization", "Bearer " + token, output);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "test.server=tomcat", Instance.ON_JETTY })
	void streamOfAHandWrittenFilterEndsItsLifeQuietly(String server, CapturedOutput output) throws Exception {
		try (Instance instance = Instance.start(HandWrittenFilterHost.class, "sse.timeout=3s", server)) {
			assertDeliversToOwnerAndEnds(instance, "Authorization", "Bearer 1", output);
		}
	}

	@Test
	void errorOfTheControllerStaysTheErrorItIs() throws Exception {
		try (Instance instance = Instance.start(HandWrittenFilterHost.class);
				RawSseClient client = RawSseClient.open(instance.uri("/broken"), "Authorization", "Bearer 1")) {
			assertThat(client.awaitHeaders().status()).isEqualTo(500);
		}
	}

	@Test
	void whoIsNotAuthenticatedGetsNoStream() throws Exception {
		try (Instance instance = Instance.start(HandWrittenFilterHost.class);
				RawSseClient client = RawSseClient.open(instance.uri("/stream"))) {
			assertThat(client.awaitHeaders().status()).isEqualTo(403);
			assertThat(instance.registry().connectionCount()).isZero();
		}
	}

	@Test
	void clientThatLeavesMakesNoNoise(CapturedOutput output) throws Exception {
		try (Instance instance = Instance.start(HandWrittenFilterHost.class)) {
			for (int i = 0; i < 5; i++) {
				RawSseClient client = RawSseClient.open(instance.uri("/stream"), "Authorization", "Bearer 1");
				client.awaitBlocks(1);
				client.reset();
			}
			await().until(() -> {
				instance.broadcaster().broadcast("user:1", "x".repeat(1000)).join();
				return instance.registry().connectionCount() == 0;
			});
			assertQuiet(output);
		}
	}

	@Test
	void streamEndsWhenItsTokenExpires(CapturedOutput output) throws Exception {
		try (Instance instance = Instance.start(BearerTokenHost.class)) {
			Instant expiresAt = Instant.now().plusSeconds(3);
			try (RawSseClient expiring = open(instance, BearerTokenHost.token("1", expiresAt));
					RawSseClient other = open(instance, BearerTokenHost.token("1", Instant.now().plusSeconds(300)))) {
				expiring.awaitBlocks(1);
				other.awaitBlocks(1);
				assertThat(expiring.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
				assertThat(Instant.now().plusSeconds(1)).isAfter(expiresAt);
				assertThat(other.end()).isEqualTo(StreamEnd.NONE);
			}
			assertQuiet(output);
		}
	}

	@Test
	void streamsEndWhenThePrincipalLogsOut(CapturedOutput output) throws Exception {
		try (Instance instance = Instance.start(FormLoginHost.class)) {
			String cookie = instance.login("1");
			try (RawSseClient one = RawSseClient.open(instance.uri("/stream"), "Cookie", cookie);
					RawSseClient ten = RawSseClient.open(instance.uri("/stream"), "Cookie", instance.login("10"))) {
				one.awaitBlocks(1);
				ten.awaitBlocks(1);
				instance.post("/logout", "Cookie", cookie);
				assertThat(one.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
				instance.broadcaster().broadcast("user:10", "still here");
				ten.awaitEvents(1);
				assertThat(ten.end()).isEqualTo(StreamEnd.NONE);
			}
			assertQuiet(output);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "test.server=tomcat", Instance.ON_JETTY })
	void streamsEndQuietlyWhenTheLogoutIsStillUnderWay(String server, CapturedOutput output) throws Exception {
		try (Instance instance = Instance.start(LogoutRaceHost.class, server)) {
			String cookie = instance.login("1");
			try (RawSseClient client = RawSseClient.open(instance.uri("/stream"), "Cookie", cookie)) {
				client.awaitBlocks(1);
				instance.post("/logout", "Cookie", cookie);
				assertThat(client.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
			}
			assertQuiet(output);
		}
	}

	private static void assertDeliversToOwnerAndEnds(Instance instance, String header, String value,
			CapturedOutput output) {
		try (RawSseClient client = RawSseClient.open(instance.uri("/stream"), header, value)) {
			client.awaitBlocks(1);
			assertThat(instance.registry().connections()).extracting(ConnectionInfo::principal).containsExactly("1");
			instance.broadcaster().broadcast("user:10", "of ten");
			instance.broadcaster().broadcast("user:1", "of one");
			client.awaitEvents(1);
			assertThat(client.data()).containsExactly("of one");
			assertThat(client.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
			await().until(() -> instance.registry().connectionCount() == 0);
		}
		assertQuiet(output);
	}

	private static RawSseClient open(Instance instance, String token) {
		return RawSseClient.open(instance.uri("/stream"), "Authorization", "Bearer " + token);
	}

}
