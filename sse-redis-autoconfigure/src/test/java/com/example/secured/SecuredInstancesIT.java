package com.example.secured;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.ConnectionInfo;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.StreamEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static com.example.secured.QuietLog.assertQuiet;
import static org.assertj.core.api.Assertions.assertThat;

/** What one instance of a host with Spring Security does to the streams of another. */
@ExtendWith(OutputCaptureExtension.class)
class SecuredInstancesIT {

	private static final Duration SOON = Duration.ofSeconds(20);

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final String prefix = RedisExtension.newPrefix();

	@Test
	void logoutOnOneInstanceEndsTheStreamsOnTheOther() throws Exception {
		try (Instance first = start(); Instance second = start()) {
			String cookie = first.login("1");
			try (RawSseClient one = open(second, "1"); RawSseClient ten = open(second, "10")) {
				first.post("/logout", "Cookie", cookie);
				assertThat(one.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
				assertStillOpen(first, ten);
			}
		}
	}

	@Test
	void logoutEndsTheStreamsThatTheApplicationCallsSomebodyElses() throws Exception {
		try (Instance first = start(); Instance second = start()) {
			String cookie = first.login("1");
			try (RawSseClient one = open(second, "/stream-of?owner=id-of-one", second.login("1"));
					RawSseClient ten = open(second, "/stream-of?owner=10", second.login("10"))) {
				assertThat(second.registry().connections()).extracting(ConnectionInfo::principal)
					.containsExactlyInAnyOrder("id-of-one", "10");
				first.post("/logout", "Cookie", cookie);
				assertThat(one.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
				assertStillOpen(first, ten);
			}
		}
	}

	@Test
	void streamOfWhoIsRememberedEndsWithTheLogout() throws Exception {
		try (Instance first = start(); Instance second = start()) {
			String cookie = first.login("1");
			String remembered = second.remember("1");
			try (RawSseClient one = open(second, "/stream", remembered); RawSseClient ten = open(second, "10")) {
				assertThat(second.registry().connections()).extracting(ConnectionInfo::principal)
					.containsExactlyInAnyOrder("1", "10");
				first.post("/logout", "Cookie", cookie);
				assertThat(one.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
				assertStillOpen(first, ten);
			}
		}
	}

	@Test
	void streamsOfNobodyHaveNoOwnerAndEndWithNobodysLogout() throws Exception {
		try (Instance instance = start("test.server=tomcat", "sse.limits.per-principal=1");
				RawSseClient first = open(instance, "/public", "none=");
				RawSseClient second = open(instance, "/public", "none=")) {
			assertThat(instance.registry().connections()).hasSize(2)
				.allMatch((connection) -> connection.principal() == null);
			instance.post("/logout");
			instance.post("/logout", "Cookie", instance.login("1"));
			instance.registry().disconnect("anonymousUser").join();
			instance.broadcaster().broadcast("news", "still here");
			for (RawSseClient client : List.of(first, second)) {
				client.awaitEvents(1, SOON);
				assertThat(client.end()).isEqualTo(StreamEnd.NONE);
			}
		}
	}

	@Test
	void endOfASessionWithoutLogoutEndsTheStreamsOnTheOther() throws Exception {
		try (Instance first = start(); Instance second = start()) {
			String cookie = first.login("1");
			try (RawSseClient one = open(second, "1"); RawSseClient ten = open(second, "10")) {
				first.post("/forget", "Cookie", cookie);
				assertThat(one.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
				assertStillOpen(first, ten);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "test.server=tomcat", Instance.ON_JETTY })
	void instanceThatStopsWithSessionsLogsNobodyOut(String server, CapturedOutput output) throws Exception {
		try (Instance second = start()) {
			Instance first = start(server);
			first.login("10");
			try (RawSseClient ten = open(second, "10")) {
				first.close();
				assertStillOpen(second, ten);
				// A line for each that has started: nothing of the first has come to life
				// again.
				assertThat(output.toString().split("Server-Sent Events through Redis", -1)).hasSize(3);
				assertQuiet(output);
			}
		}
	}

	// What was ordered before the event has been carried out when the event is there.
	private static void assertStillOpen(Instance publisher, RawSseClient ten) {
		publisher.broadcaster().broadcast("user:10", "still here");
		ten.awaitEvents(1, SOON);
		assertThat(ten.end()).isEqualTo(StreamEnd.NONE);
	}

	private Instance start() {
		return start("test.server=tomcat");
	}

	private Instance start(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(List.of("spring.data.redis.host=" + redis.host(), "spring.data.redis.port=" + redis.port(),
				"sse.channel-prefix=" + this.prefix));
		return Instance.start(FormLoginHost.class, all.toArray(String[]::new));
	}

	private static RawSseClient open(Instance instance, String user) throws Exception {
		return open(instance, "/stream", instance.login(user));
	}

	private static RawSseClient open(Instance instance, String path, String cookie) {
		RawSseClient client = RawSseClient.open(instance.uri(path), "Cookie", cookie);
		client.awaitBlocks(1);
		return client;
	}

}
