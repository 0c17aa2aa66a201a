package com.example.secured;

import java.time.Duration;
import java.time.Instant;

import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.StreamEnd;
import org.apache.catalina.Context;
import org.apache.catalina.session.ManagerBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.TomcatWebServer;

import static com.example.secured.QuietLog.assertQuiet;
import static org.assertj.core.api.Assertions.assertThat;

/** Sessions that nobody ends, and that expire by the clock. */
@ExtendWith(OutputCaptureExtension.class)
class SessionExpiryIT {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final int SECONDS = 2;

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final String prefix = RedisExtension.newPrefix();

	@ParameterizedTest
	@ValueSource(strings = { "test.server=tomcat", Instance.ON_JETTY })
	void sessionOfAContainerThatExpiresEndsTheStreamsOnEveryInstance(String server, CapturedOutput output)
			throws Exception {
		try (Instance first = start(FormLoginHost.class, server); Instance second = start(FormLoginHost.class)) {
			assertExpires(first, second, first.login("1"), second.login("1"));
			assertQuiet(output);
		}
	}

	@Test
	void sessionInRedisThatExpiresEndsTheStreamsOnEveryInstance(CapturedOutput output) throws Exception {
		try (Instance first = start(SharedSessionHost.class); Instance second = start(SharedSessionHost.class)) {
			String session = first.login("1");
			assertExpires(first, second, session, session);
			assertQuiet(output);
		}
	}

	@Test
	void sessionInRedisThatIsInvalidatedEndsTheStreamsOnEveryInstance(CapturedOutput output) throws Exception {
		try (Instance first = start(SharedSessionHost.class);
				Instance second = start(SharedSessionHost.class);
				RawSseClient ten = open(second, second.login("10"))) {
			String session = first.login("1");
			try (RawSseClient here = open(first, session); RawSseClient there = open(second, session)) {
				first.post("/forget", "Cookie", session);
				assertThat(here.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
				assertThat(there.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
				assertStillOpen(first, ten);
			}
			assertQuiet(output);
		}
	}

	// A stream does not keep the session alive that it was opened with.
	private static void assertExpires(Instance first, Instance second, String session, String other) throws Exception {
		try (RawSseClient ten = open(second, second.login("10"));
				RawSseClient here = open(first, session);
				RawSseClient there = open(second, other)) {
			Instant asked = Instant.now();
			assertThat(first.post("/expire-after?seconds=" + SECONDS, "Cookie", session).statusCode()).isEqualTo(200);
			assertThat(there.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
			assertThat(here.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
			assertThat(Instant.now()).isAfterOrEqualTo(asked.plusSeconds(SECONDS));
			assertStillOpen(first, ten);
		}
	}

	private static void assertStillOpen(Instance publisher, RawSseClient client) {
		publisher.broadcaster().broadcast("user:10", "still here");
		client.awaitEvents(1, SOON);
		assertThat(client.end()).isEqualTo(StreamEnd.NONE);
	}

	private Instance start(Class<?> host) {
		return start(host, "test.server=tomcat");
	}

	private Instance start(Class<?> host, String server) {
		Instance instance = Instance.start(host, server, "spring.data.redis.host=" + redis.host(),
				"spring.data.redis.port=" + redis.port(), "sse.channel-prefix=" + this.prefix,
				"test.sessions=" + this.prefix + "session", "server.tomcat.background-processor-delay=1s");
		// Tomcat looks for sessions that have expired in every sixth of its rounds.
		if (instance.context().getWebServer() instanceof TomcatWebServer tomcat) {
			Context context = (Context) tomcat.getTomcat().getHost().findChildren()[0];
			((ManagerBase) context.getManager()).setProcessExpiresFrequency(1);
		}
		return instance;
	}

	private static RawSseClient open(Instance instance, String session) {
		RawSseClient client = RawSseClient.open(instance.uri("/stream"), "Cookie", session);
		client.awaitBlocks(1);
		return client;
	}

}
