package com.example.jetty;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import com.example.jetty.NewsController.News;
import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.SseClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances on Jetty and Jedis, with virtual threads. */
@Tag("host")
class JettyApplicationIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	static ServletWebServerApplicationContext a;

	static ServletWebServerApplicationContext b;

	@BeforeAll
	static void startInstances() {
		a = start();
		b = start();
	}

	@AfterAll
	static void closeInstances() {
		a.close();
		b.close();
	}

	@Test
	void hasNeitherTomcatNorLettuce() {
		assertThat(a.getWebServer().getClass().getName()).contains("Jetty");
		assertThat(List.of("org.apache.catalina.startup.Tomcat", "io.lettuce.core.RedisClient"))
			.noneMatch((type) -> ClassUtils.isPresent(type, null));
	}

	@Test
	void eventReachesClientOfOtherInstance() throws Exception {
		try (SseClient client = open(b); SseClient own = open(a)) {
			String thread = post(a, "{\"text\":\"소식\"}");
			for (SseClient each : List.of(client, own)) {
				assertThat(each).receives("news", News.class, (news) -> assertThat(news.text()).isEqualTo("소식"));
			}
			if (Runtime.version().feature() >= 21) {
				assertThat(thread).startsWith("VirtualThread");
			}
		}
	}

	@Test
	void clientMissesNothingWhenItComesBackToTheOtherInstance() throws Exception {
		try (SseClient client = open(a); SseClient witness = open(a)) {
			client.breakConnection();
			post(b, "{\"text\":\"1\"}");
			// Else nothing would order what two instances publish.
			assertThat(witness).receivesData("{\"text\":\"1\"}");
			post(a, "{\"text\":\"2\"}");
			client.resume(stream(b));
			assertThat(client).receivesData("{\"text\":\"1\"}", "{\"text\":\"2\"}").receivesNothing();
		}
	}

	@Test
	void stopsInSecondsWhileStreamsAreOpen() {
		ServletWebServerApplicationContext stopping = start();
		try (SseClient client = open(stopping)) {
			stopping.getBean(Broadcaster.class).broadcast("news", "the last");
			assertThat(client).receivesData("the last");
			long begin = System.nanoTime();
			stopping.close();
			// Waiting for the stream would take half a minute.
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
			assertThat(client).ends();
		}
		finally {
			stopping.close();
		}
	}

	private static ServletWebServerApplicationContext start() {
		ServletWebServerApplicationContext instance = (ServletWebServerApplicationContext) SpringApplication.run(
				JettyApplication.class, "--server.port=0", "--spring.data.redis.host=" + redis.host(),
				"--spring.data.redis.port=" + redis.port(), "--sse.channel-prefix=" + redis.prefix(),
				"--spring.threads.virtual.enabled=true");
		// A stream that is opened before may begin with a reset.
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> !instance.getBean(Broadcaster.class).lastEventId().equals(EventId.NONE));
		return instance;
	}

	private static SseClient open(ServletWebServerApplicationContext instance) {
		return SseClient.to(stream(instance)).deadline(PATIENCE).open().awaitOpen();
	}

	private static String stream(ServletWebServerApplicationContext instance) {
		return address(instance) + "/stream";
	}

	private static String address(ServletWebServerApplicationContext instance) {
		return "http://localhost:" + instance.getWebServer().getPort();
	}

	private static String post(ServletWebServerApplicationContext instance, String json) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(address(instance) + "/news"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json))
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

}
