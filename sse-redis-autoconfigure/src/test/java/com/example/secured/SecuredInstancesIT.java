package com.example.secured;

import java.time.Duration;

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

import static org.assertj.core.api.Assertions.assertThat;

/** What one instance of a host with Spring Security does to the streams of another. */
@ExtendWith(OutputCaptureExtension.class)
class SecuredInstancesIT {

	private static final Duration SOON = Duration.ofSeconds(15);

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

	private Instance start(String server) {
		return Instance.start(FormLoginHost.class, server, "spring.data.redis.host=" + redis.host(),
				"spring.data.redis.port=" + redis.port(), "sse.channel-prefix=" + this.prefix);
	}

	private static RawSseClient open(Instance instance, String user) throws Exception {
		RawSseClient client = RawSseClient.open(instance.uri("/stream"), "Cookie", instance.login(user));
		client.awaitBlocks(1);
		return client;
	}

}
