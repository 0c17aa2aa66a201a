package com.example.neighbours;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import com.example.neighbours.order.OrderPlaced;
import com.example.neighbours.order.OrderService;
import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.SseClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.modulith.core.ApplicationModules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Two instances beside Spring Session in the same Redis, and Spring Modulith. */
class NeighboursApplicationIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	static ServletWebServerApplicationContext a;

	static ServletWebServerApplicationContext b;

	@BeforeAll
	static void startInstances() {
		a = start("a");
		b = start("b");
	}

	@AfterAll
	static void closeInstances() {
		a.close();
		b.close();
	}

	@Test
	void applicationIsModular() {
		ApplicationModules.of(NeighboursApplication.class).verify();
	}

	@Test
	void moduleListenersPushOnceEach() throws Exception {
		try (SseClient kim = open(b, login(a, "kim")); SseClient kitchen = to(b, "/kitchen").open().awaitOpen()) {
			a.getBean(OrderService.class).place("kim", "rice");
			assertThat(kim).receives("order", OrderPlaced.class, (order) -> assertThat(order.item()).isEqualTo("rice"));
			assertThat(kitchen).receives("dish", "rice").receivesNothing();
			assertThat(kim).receivesNothing();
		}
		JdbcTemplate publications = a.getBean(JdbcTemplate.class);
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(
					publications.queryForList("select completion_date is null from event_publication", Boolean.class))
				.containsExactly(false, false));
	}

	@Test
	void nothingIsPushedWhenTheTransactionRollsBack() throws Exception {
		try (SseClient lee = open(a, login(a, "lee"))) {
			assertThatIllegalArgumentException().isThrownBy(() -> b.getBean(OrderService.class).place("lee", " "));
			b.getBean(OrderService.class).place("lee", "tea");
			assertThat(lee).receives("order", OrderPlaced.class, (order) -> assertThat(order.item()).isEqualTo("tea"));
		}
	}

	@Test
	void openStreamDoesNotWriteItsOldSessionBack() throws Exception {
		String session = login(a, "park");
		assertThat(post(a, "/visit", session).body()).isEqualTo("1");
		try (SseClient park = open(b, session)) {
			assertThat(post(a, "/visit", session).body()).isEqualTo("2");
			b.getBean(OrderService.class).place("park", "cake");
			assertThat(park).receives("order");
			park.breakConnection();
			b.getBean(OrderService.class).place("park", "cookie");
			park.resume();
			assertThat(park).receives("order");
		}
		assertThat(post(a, "/visit", session).body()).isEqualTo("3");
	}

	@Test
	void streamWithoutASessionIsRefused() {
		try (SseClient nobody = to(a, "/stream").open()) {
			assertThat(nobody).isRefusedWith(400);
		}
	}

	private static ServletWebServerApplicationContext start(String database) {
		ServletWebServerApplicationContext instance = (ServletWebServerApplicationContext) SpringApplication.run(
				NeighboursApplication.class, "--server.port=0", "--spring.data.redis.host=" + redis.host(),
				"--spring.data.redis.port=" + redis.port(), "--sse.channel-prefix=" + redis.prefix(),
				"--spring.session.data.redis.namespace=" + redis.prefix() + "session",
				"--spring.datasource.url=jdbc:h2:mem:neighbours-" + database,
				"--spring.modulith.events.jdbc.schema-initialization.enabled=true",
				"--spring.threads.virtual.enabled=true");
		// A stream that is opened before may begin with a reset.
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> !instance.getBean(Broadcaster.class).lastEventId().equals(EventId.NONE));
		return instance;
	}

	private static String address(ServletWebServerApplicationContext instance) {
		return "http://localhost:" + instance.getWebServer().getPort();
	}

	private static SseClient open(ServletWebServerApplicationContext instance, String session) {
		return to(instance, "/stream").header("Cookie", session).open().awaitOpen();
	}

	private static SseClient.Builder to(ServletWebServerApplicationContext instance, String path) {
		return SseClient.to(address(instance) + path).deadline(PATIENCE);
	}

	private static String login(ServletWebServerApplicationContext instance, String user) throws Exception {
		List<String> cookies = post(instance, "/login?user=" + user, "").headers().allValues("Set-Cookie");
		assertThat(cookies).singleElement().asString().startsWith("SESSION=");
		return cookies.get(0).split(";")[0];
	}

	private static HttpResponse<String> post(ServletWebServerApplicationContext instance, String path, String session)
			throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(address(instance) + path))
			.header("Cookie", session)
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return response;
	}

}
