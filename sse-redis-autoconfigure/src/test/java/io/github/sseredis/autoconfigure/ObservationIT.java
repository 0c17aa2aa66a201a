package io.github.sseredis.autoconfigure;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.StreamEnd;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.filter.ServerHttpObservationFilter;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is observed of publications and of requests that become streams. */
class ObservationIT {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final String REQUESTS = "http_server_requests_seconds_count";

	private static final String ACTIVE = "http_server_requests_active_seconds_count";

	private static final String STREAM = "uri=\"/stream\"";

	@Test
	void requestOfAStreamIsOverWhenTheStreamHasBegun() {
		try (ObservedHost host = ObservedHost.local()) {
			try (RawSseClient client = host.open("a")) {
				await().untilAsserted(() -> assertThat(host.meter(REQUESTS, STREAM)).isEqualTo(1));
				assertThat(host.meter(REQUESTS, STREAM, "status=\"200\"", "outcome=\"SUCCESS\"")).isEqualTo(1);
				// The one that asks.
				assertThat(host.meter(ACTIVE)).isEqualTo(1);
				assertThat(host.registry().connectionCount()).isEqualTo(1);
			}
		}
	}

	@Test
	void requestOfAStreamIsNotCountedAgainWhenTheStreamEnds() {
		try (ObservedHost host = ObservedHost.local("sse.timeout=5s")) {
			try (RawSseClient lives = host.open("a"); RawSseClient leaves = host.open("a")) {
				leaves.close();
				assertThat(lives.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
			}
			await().until(() -> host.registry().connectionCount() == 0);
			await().untilAsserted(() -> assertThat(host.meter(ACTIVE)).isEqualTo(1));
			assertThat(host.meter(REQUESTS, STREAM)).isEqualTo(2);
			assertThat(host.meter("http_server_requests_seconds_max", STREAM)).isLessThan(4);
		}
	}

	@Test
	void otherRequestsAreObservedAsBefore() {
		try (ObservedHost host = ObservedHost.local()) {
			post(host, "/publish?topic=a", "data");
			host.get("/nowhere");
			await().untilAsserted(() -> assertThat(host.meter(REQUESTS, "uri=\"/publish\"")).isEqualTo(1));
			await().untilAsserted(() -> assertThat(host.meter(REQUESTS, "status=\"404\"")).isEqualTo(1));
		}
	}

	@Test
	void publicationBelongsToTheRequestThatPublishes() {
		TestObservationRegistry observations = TestObservationRegistry.create();
		observed(observations).run((context) -> {
			ObservedHost host = new ObservedHost(context.getSourceApplicationContext(), Hosts.uri(context, "/"));
			post(host, "/publish?topic=user:1", "data");
			await().untilAsserted(() -> assertThat(observations).hasObservationWithNameEqualTo("http.server.requests")
				.that()
				.hasBeenStopped());
			assertThat(observations).hasObservationWithNameEqualTo("sse.publish")
				.that()
				.hasParentObservationContextMatching((parent) -> "http.server.requests".equals(parent.getName()))
				.hasLowCardinalityKeyValue("outcome", "stored")
				.hasHighCardinalityKeyValue("topic", "user:1")
				.hasBeenStopped();
		});
	}

	@Test
	void observationOfAStreamIsStoppedOnce() {
		TestObservationRegistry observations = TestObservationRegistry.create();
		observed(observations).withPropertyValues("sse.timeout=4s").run((context) -> {
			try (RawSseClient client = RawSseClient.open(Hosts.uri(context, "/stream?topic=a"))) {
				client.awaitBlocks(1);
				await()
					.untilAsserted(() -> assertThat(observations).hasObservationWithNameEqualTo("http.server.requests")
						.that()
						.hasBeenStopped());
				assertThat(client.end()).isEqualTo(StreamEnd.NONE);
				assertThat(client.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
			}
			assertThat(observations).hasNumberOfObservationsEqualTo(1);
		});
	}

	@Test
	void filterOfTheHostIsTreatedLikeThatOfBoot() {
		TestObservationRegistry observations = TestObservationRegistry.create();
		observed(observations)
			.withBean(ServerHttpObservationFilter.class, () -> new ServerHttpObservationFilter(observations))
			.run((context) -> assertThat(context).getBean(ServerHttpObservationFilter.class)
				.isInstanceOf(StreamObservationFilter.class));
	}

	private static WebApplicationContextRunner observed(ObservationRegistry observations) {
		return Hosts.tomcat()
			.withConfiguration(
					AutoConfigurations.of(ObservationAutoConfiguration.class, WebMvcObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, () -> observations)
			.withUserConfiguration(StreamController.class, ObservedHost.PublishController.class)
			.withPropertyValues("sse.broadcaster=local");
	}

	private static void post(ObservedHost host, String path, String body) {
		host.send(HttpRequest.newBuilder(host.address().resolve(path)).POST(BodyPublishers.ofString(body)));
	}

}
