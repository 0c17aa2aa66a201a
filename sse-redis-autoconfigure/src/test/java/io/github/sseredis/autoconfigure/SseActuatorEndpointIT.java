package io.github.sseredis.autoconfigure;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.StreamEnd;
import io.github.sseredis.test.TcpProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The endpoint over HTTP, for who may and who may not. */
class SseActuatorEndpointIT {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final String[] OPERATOR = { "X-User", "operator" };

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final String prefix = RedisExtension.newPrefix();

	@Test
	void showsConnectionsByTopicAndPrincipalAndThePlaceOfTheLog() {
		try (ObservedHost host = redisHost("sse.redis.partitions=2");
				RawSseClient one = host.open("a&topic=b&principal=kim");
				RawSseClient two = host.open("a&principal=lee");
				RawSseClient anonymous = host.open("a")) {
			String id = host.broadcaster().broadcast("a", "event").join().toString();
			one.awaitEvents(1);
			String body = host.get("/actuator/sse", OPERATOR).body();
			assertThat(JsonPath.<Integer>read(body, "$.connections")).isEqualTo(3);
			assertThat(JsonPath.<Map<String, Integer>>read(body, "$.byTopic")).isEqualTo(Map.of("a", 3, "b", 1));
			assertThat(JsonPath.<Map<String, Integer>>read(body, "$.byPrincipal"))
				.isEqualTo(Map.of("kim", 1, "lee", 1));
			assertThat(JsonPath.<List<Integer>>read(body, "$.partitions[*].partition")).containsExactly(0, 1);
			assertThat(JsonPath.<List<Integer>>read(body, "$.partitions[*].position")).containsExactlyInAnyOrder(0, 1);
			assertThat(JsonPath.<List<String>>read(body, "$.partitions[*].epoch"))
				.allMatch((epoch) -> epoch.length() == 7);
			assertThat(JsonPath.<String>read(body, "$.lastEventId")).contains(id.substring(1, 8));
		}
	}

	@Test
	void showsTheConnectionsOfAPrincipal() {
		try (ObservedHost host = redisHost(); RawSseClient one = host.open("a&topic=b&principal=kim")) {
			String body = host.get("/actuator/sse/kim", OPERATOR).body();
			assertThat(JsonPath.<List<String>>read(body, "$[0].topics")).containsExactlyInAnyOrder("a", "b");
			assertThat(JsonPath.<String>read(body, "$[0].lastEventId")).isEqualTo(one.lastEventId());
			assertThat(JsonPath.<Integer>read(body, "$[0].lag")).isZero();
			assertThat(host.get("/actuator/sse/nobody", OPERATOR).body()).isEqualTo("[]");
		}
	}

	@Test
	void showsNumbersOnlyWithoutAuthorization() {
		try (ObservedHost host = redisHost(); RawSseClient client = host.open("secret-topic&principal=secret-name")) {
			HttpResponse<String> response = host.get("/actuator/sse");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).contains("\"connections\":1").doesNotContain("secret");
			assertThat(host.get("/actuator/sse/secret-name").statusCode()).isEqualTo(403);
			assertThat(host.get("/actuator/sse/secret-name").body()).isEmpty();
			assertThat(delete(host, "secret-name").statusCode()).isEqualTo(403);
			assertThat(client.end()).isEqualTo(StreamEnd.NONE);
			assertThat(host.registry().connectionCount()).isEqualTo(1);
		}
	}

	@Test
	void asksForARoleWhenThereIsOne() {
		try (ObservedHost host = redisHost("sse.actuator.roles=OPS"); RawSseClient client = host.open("a")) {
			assertThat(host.get("/actuator/sse", OPERATOR).body()).doesNotContain("byTopic");
			assertThat(host.get("/actuator/sse", "X-User", "operator", "X-Role", "OPS").body()).contains("byTopic");
		}
	}

	@Test
	void showsEverybodyEverythingOrNobodyAnythingAsTold() {
		try (ObservedHost always = redisHost("sse.actuator.show-details=always");
				ObservedHost never = redisHost("sse.actuator.show-details=never")) {
			assertThat(always.get("/actuator/sse").body()).contains("byTopic");
			assertThat(never.get("/actuator/sse", OPERATOR).body()).doesNotContain("byTopic");
		}
	}

	@Test
	void endsTheConnectionsOfAPrincipalOnEveryInstance() {
		try (ObservedHost host = redisHost();
				ObservedHost other = redisHost();
				RawSseClient here = host.open("a&principal=kim");
				RawSseClient there = other.open("a&principal=kim");
				RawSseClient another = other.open("a&principal=kimberly")) {
			assertThat(delete(host, "kim", OPERATOR).statusCode()).isEqualTo(204);
			assertThat(here.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
			assertThat(there.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
			await().until(() -> other.registry().connectionCount() == 1);
		}
	}

	@Test
	void saysThatOthersWillBeToldOnceRedisIsBack() {
		try (TcpProxy proxy = TcpProxy.to(redis.server());
				ObservedHost host = ObservedHost.redis(proxy.host(), proxy.port(), this.prefix);
				ObservedHost other = redisHost();
				RawSseClient here = host.open("a&principal=kim");
				RawSseClient there = other.open("a&principal=kim")) {
			host.broadcaster().broadcast("a", "before").join();
			proxy.refuse();
			assertThat(delete(host, "kim", OPERATOR).statusCode()).isEqualTo(202);
			assertThat(here.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
			assertThat(there.end()).isEqualTo(StreamEnd.NONE);
			proxy.release();
			assertThat(there.awaitEnd(Duration.ofSeconds(30))).isEqualTo(StreamEnd.COMPLETE);
		}
	}

	@Test
	void saysThatOthersMayNotHaveBeenToldWhenRedisStaysAway() {
		try (TcpProxy proxy = TcpProxy.to(redis.server());
				ObservedHost host = ObservedHost.redis(proxy.host(), proxy.port(), this.prefix,
						"sse.publish.timeout=2s");
				ObservedHost other = redisHost();
				RawSseClient here = host.open("a&principal=kim");
				RawSseClient there = other.open("a&principal=kim")) {
			host.broadcaster().broadcast("a", "before").join();
			proxy.refuse();
			assertThat(delete(host, "kim", OPERATOR).statusCode()).isEqualTo(503);
			assertThat(here.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
			assertThat(there.end()).isEqualTo(StreamEnd.NONE);
			proxy.release();
			await().atMost(SOON).until(() -> delete(host, "kim", OPERATOR).statusCode() == 204);
			assertThat(there.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
		}
	}

	@Test
	void isNotThereUnlessExposed() {
		try (ObservedHost host = redisHost("management.endpoints.web.exposure.include=health")) {
			assertThat(host.get("/actuator/sse", OPERATOR).statusCode()).isEqualTo(404);
			assertThat(host.context().containsBean("sse.actuator-endpoint")).isFalse();
		}
	}

	@Test
	void endsNothingWithReadOnlyAccess() {
		try (ObservedHost host = redisHost("management.endpoint.sse.access=read-only");
				RawSseClient client = host.open("a&principal=kim")) {
			assertThat(delete(host, "kim", OPERATOR).statusCode()).isEqualTo(405);
			assertThat(host.get("/actuator/sse", OPERATOR).statusCode()).isEqualTo(200);
		}
	}

	private ObservedHost redisHost(String... properties) {
		return ObservedHost.redis(redis.host(), redis.port(), this.prefix, properties);
	}

	private static HttpResponse<String> delete(ObservedHost host, String principal, String... headers) {
		return host.send(HttpRequest.newBuilder(host.address().resolve("/actuator/sse/" + principal)).DELETE(),
				headers);
	}

}
