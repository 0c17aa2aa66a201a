package io.github.sseredis.sample;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import com.jayway.jsonpath.JsonPath;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.SseClosing;
import io.github.sseredis.test.SseTestClient;
import io.github.sseredis.test.SseTestEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class SampleAppIT {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	static SampleInstance a;

	static SampleInstance b;

	@BeforeAll
	static void startInstances() {
		a = SampleInstance.start(redis);
		b = SampleInstance.start(redis);
	}

	@AfterAll
	static void closeInstances() {
		a.close();
		b.close();
	}

	@Test
	void orderReachesItsMartOnAnotherInstance() {
		try (SseTestClient mart = b.stream("mart-1", 1); SseTestClient other = b.stream("mart-10", 10)) {
			int id = a.order(1, "떡볶이");
			SseTestEvent event = mart.awaitEvent((candidate) -> candidate.type().equals("order"), PATIENCE);
			assertThat(JsonPath.<Integer>read(event.data(), "$.id")).isEqualTo(id);
			assertThat(JsonPath.<String>read(event.data(), "$.item")).isEqualTo("떡볶이");
			assertThat(JsonPath.<List<Object>>read(b.get("/api/orders?martId=1").body(), "$.orders"))
				.contains(JsonPath.<Object>read(event.data(), "$"));
			assertThat(typesUntilAnnouncement(other)).containsExactly("announcement");
		}
	}

	@Test
	void notificationReachesEveryTabOfItsUserAndNobodyElse() {
		try (SseTestClient tab = a.stream("customer-1", 2);
				SseTestClient otherTab = b.stream("customer-1", 2);
				SseTestClient otherUser = b.stream("customer-10", 2)) {
			a.post("/api/notifications", """
					{"user": "customer-1", "text": "on its way"}""");
			for (SseTestClient client : List.of(tab, otherTab)) {
				SseTestEvent event = client.awaitEvents(1).get(0);
				assertThat(event.type()).isEqualTo("notification");
				assertThat(JsonPath.<String>read(event.data(), "$.text")).isEqualTo("on its way");
			}
			assertThat(typesUntilAnnouncement(otherUser)).containsExactly("announcement");
		}
		assertThat(JsonPath.<List<String>>read(b.get("/api/notifications?user=customer-1").body(),
				"$.notifications[*].text"))
			.containsExactly("on its way");
	}

	@Test
	void wrongOrderIsAnsweredWithProblemDetailsAndPushesNothing() {
		try (SseTestClient mart = a.stream("mart-3", 3)) {
			HttpResponse<String> response = a.post("/api/orders", """
					{"martId": 3, "item": " ", "quantity": 0}""");
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
			assertThat(JsonPath.<Set<String>>read(response.body(), "$.errors.keys()")).containsExactlyInAnyOrder("item",
					"quantity");
			assertThat(typesUntilAnnouncement(mart)).containsExactly("announcement");
		}
		assertThat(JsonPath.<List<Object>>read(a.get("/api/orders?martId=3").body(), "$.orders")).isEmpty();
	}

	@Test
	void streamRefusesNamesThatCouldNotBeUsers() {
		HttpResponse<String> response = a.get("/api/stream?user=customer-1%0A&martId=1");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(JsonPath.<String>read(response.body(), "$.errors.user")).contains("letters");
	}

	@Test
	void streamGoesOnWhereTheListEnded() {
		int first = a.order(4, "in the list");
		String body = b.get("/api/orders?martId=4").body();
		int second = a.order(4, "between list and stream");
		try (SseTestClient mart = b.stream("mart-4", 4, JsonPath.read(body, "$.lastEventId"))) {
			int third = a.order(4, "in the stream");
			mart.awaitEvent((event) -> event.data().contains("in the stream"), PATIENCE);
			assertThat(orderIds(body)).containsExactly(first);
			// The list may overlap with the stream, but nothing may be in neither.
			assertThat(ids(mart)).endsWith(second, third).isSubsetOf(first, second, third);
		}
	}

	@Test
	void listAndStreamHaveNoHoleWhileOrdersArePlaced() {
		CompletableFuture<List<Integer>> placing = CompletableFuture
			.supplyAsync(() -> IntStream.rangeClosed(1, 40).mapToObj((i) -> a.order(5, "order " + i)).toList());
		String body = Awaitility.await()
			.until(() -> b.get("/api/orders?martId=5").body(), (list) -> orderIds(list).size() >= 10);
		try (SseTestClient mart = a.stream("mart-5", 5, JsonPath.read(body, "$.lastEventId"))) {
			List<Integer> placed = placing.join();
			a.announce("the end");
			mart.awaitEvent((event) -> event.type().equals("announcement"), PATIENCE);
			Set<Integer> seen = new TreeSet<>(orderIds(body));
			seen.addAll(ids(mart));
			assertThat(seen).containsExactlyElementsOf(placed);
		}
	}

	@Test
	void instanceStopsInTimeWithOpenStreams() {
		SampleInstance stopping = SampleInstance.start(redis);
		List<SseTestClient> clients = new ArrayList<>();
		try {
			for (int i = 0; i < 10; i++) {
				clients.add(stopping.stream("customer-" + i, 6));
			}
			assertThat(stopping.context().getBean(EmitterRegistry.class).connectionCount()).isEqualTo(10);
			long begin = System.nanoTime();
			stopping.close();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
			assertThat(clients).extracting((client) -> client.awaitClosing(PATIENCE)).allMatch(SseClosing::byServer);
		}
		finally {
			clients.forEach(SseTestClient::close);
			stopping.close();
		}
	}

	@Test
	void pageIsServedAndCanNameItsInstance() {
		assertThat(a.get("/").body()).contains("app.js");
		assertThat(JsonPath.<Integer>read(b.get("/api/instance").body(), "$.port")).isEqualTo(b.address().getPort());
	}

	// An announcement goes to all: what is to come before it has come when it is here.
	private static List<String> typesUntilAnnouncement(SseTestClient client) {
		a.announce("the end");
		client.awaitEvent((event) -> event.type().equals("announcement"), PATIENCE);
		return client.events().stream().map(SseTestEvent::type).toList();
	}

	private static List<Integer> orderIds(String list) {
		return JsonPath.read(list, "$.orders[*].id");
	}

	private static List<Integer> ids(SseTestClient client) {
		return client.data("order").stream().map((data) -> JsonPath.<Integer>read(data, "$.id")).toList();
	}

}
