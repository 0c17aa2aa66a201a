package io.github.sseredis.autoconfigure;

import java.net.http.HttpResponse;

import com.jayway.jsonpath.JsonPath;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.TcpProxy;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The health that an application tells over HTTP while Redis comes and goes. */
class HealthIT {

	private static final String SSE = "/actuator/health/sse";

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final String prefix = RedisExtension.newPrefix();

	@Test
	void tellsWhatItIsMadeOf() {
		try (ObservedHost host = ObservedHost.redis(redis.host(), redis.port(), this.prefix)) {
			eventually(() -> assertUp(host));
			eventually(() -> assertThat(detail(host, "lastRoundTrip")).endsWith(" ms"));
			assertThat(detail(host, "receiving")).isEqualTo("true");
			assertThat(detail(host, "broadcaster")).isEqualTo("redis");
			assertThat(detail(host, "pendingPublishes")).isEqualTo("0");
			assertThat(detail(host, "lastHeard")).endsWith(" ms ago");
		}
	}

	@Test
	void isDownWhileRedisIsGoneAndUpWhenItIsBack() {
		try (TcpProxy proxy = TcpProxy.to(redis.server());
				ObservedHost host = ObservedHost.redis(proxy.host(), proxy.port(), this.prefix)) {
			eventually(() -> assertUp(host));
			proxy.refuse();
			host.broadcaster().broadcast("a", "waits");
			eventually(() -> {
				assertThat(host.get(SSE).statusCode()).isEqualTo(503);
				assertThat(detail(host, "receiving")).isEqualTo("false");
				assertThat(detail(host, "pendingPublishes")).isEqualTo("1");
				assertThat(detail(host, "publishing")).isNotEmpty();
			});
			assertThat(host.get("/actuator/health").statusCode()).isEqualTo(503);
			proxy.release();
			eventually(() -> assertUp(host));
		}
	}

	@Test
	void isDownWhileRedisDoesNotAnswer() {
		try (TcpProxy proxy = TcpProxy.to(redis.server());
				ObservedHost host = ObservedHost.redis(proxy.host(), proxy.port(), this.prefix)) {
			eventually(() -> assertUp(host));
			proxy.blackHole();
			eventually(() -> {
				assertThat(host.get(SSE).statusCode()).isEqualTo(503);
				assertThat(detail(host, "reading")).isNotEmpty();
			});
		}
	}

	@Test
	void isUpAgainThoughNothingIsPublishedAfterAFailure() {
		try (TcpProxy proxy = TcpProxy.to(redis.server());
				ObservedHost host = ObservedHost.redis(proxy.host(), proxy.port(), this.prefix,
						"sse.publish.timeout=200ms")) {
			eventually(() -> assertUp(host));
			proxy.refuse();
			host.broadcaster().broadcast("a", "is given up");
			eventually(() -> {
				assertThat(host.get(SSE).statusCode()).isEqualTo(503);
				assertThat(detail(host, "pendingPublishes")).isEqualTo("0");
			});
			proxy.release();
			eventually(() -> assertUp(host));
		}
	}

	@Test
	void isNoPartOfLivenessAndOfReadinessByChoiceOnly() {
		try (TcpProxy proxy = TcpProxy.to(redis.server());
				ObservedHost standard = ObservedHost.redis(proxy.host(), proxy.port(), this.prefix);
				ObservedHost chosen = ObservedHost.redis(proxy.host(), proxy.port(), this.prefix,
						"management.endpoint.health.group.readiness.include=readinessState,sse")) {
			eventually(() -> assertUp(standard));
			eventually(() -> assertThat(chosen.get("/actuator/health/readiness").statusCode()).isEqualTo(200));
			proxy.refuse();
			eventually(() -> assertThat(chosen.get("/actuator/health/readiness").statusCode()).isEqualTo(503));
			eventually(() -> assertThat(standard.get(SSE).statusCode()).isEqualTo(503));
			assertThat(standard.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
			assertThat(standard.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
			assertThat(chosen.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void isUpWithoutRedis() {
		try (ObservedHost host = ObservedHost.local()) {
			assertUp(host);
			assertThat(detail(host, "broadcaster")).isEqualTo("local");
		}
	}

	@Test
	void isAbsentWhenDisabled() {
		try (ObservedHost host = ObservedHost.local("management.health.sse.enabled=false")) {
			assertThat(host.get(SSE).statusCode()).isEqualTo(404);
		}
	}

	private static void assertUp(ObservedHost host) {
		HttpResponse<String> response = host.get(SSE);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(JsonPath.<String>read(response.body(), "$.status")).isEqualTo("UP");
	}

	private static String detail(ObservedHost host, String name) {
		return String.valueOf(JsonPath.<Object>read(host.get(SSE).body(), "$.details." + name));
	}

	private static void eventually(ThrowingRunnable assertion) {
		await().atMost(java.time.Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(assertion);
	}

}
