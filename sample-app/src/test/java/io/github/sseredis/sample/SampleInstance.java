package io.github.sseredis.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import com.jayway.jsonpath.JsonPath;
import io.github.sseredis.EventId;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.SseTestClient;
import org.awaitility.Awaitility;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** An instance of the sample in this JVM, as its clients see it. */
record SampleInstance(ConfigurableApplicationContext context, URI address) implements AutoCloseable {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	/** Starts an instance; those with the same Redis prefix share the database too. */
	static SampleInstance start(RedisExtension redis) {
		String database = redis.prefix().replaceAll("[^a-z0-9]", "");
		ConfigurableApplicationContext context = SpringApplication.run(SampleApplication.class, "--server.port=0",
				"--spring.data.redis.host=" + redis.host(), "--spring.data.redis.port=" + redis.port(),
				"--sse.channel-prefix=" + redis.prefix(),
				"--spring.datasource.url=jdbc:h2:mem:" + database + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE");
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		SampleInstance instance = new SampleInstance(context, URI.create("http://localhost:" + port));
		Awaitility.await().until(() -> !instance.lastEventId(1).equals(EventId.NONE.toString()));
		return instance;
	}

	String lastEventId(long martId) {
		return JsonPath.read(get("/api/orders?martId=" + martId).body(), "$.lastEventId");
	}

	SseTestClient stream(String user, long martId) {
		return SseTestClient.open(streamOf(user, martId)).awaitOpen();
	}

	/** Opens a stream as the page does after it has loaded the list. */
	SseTestClient stream(String user, long martId, String lastEventId) {
		return SseTestClient.open(URI.create(streamOf(user, martId) + "&lastEventId=" + lastEventId)).awaitOpen();
	}

	private URI streamOf(String user, long martId) {
		return this.address.resolve("/api/stream?user=" + user + "&martId=" + martId);
	}

	HttpResponse<String> get(String path) {
		return send(HttpRequest.newBuilder(this.address.resolve(path)));
	}

	HttpResponse<String> post(String path, String json) {
		return send(HttpRequest.newBuilder(this.address.resolve(path))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json)));
	}

	/** Places an order and returns its ID. */
	int order(long martId, String item) {
		HttpResponse<String> response = post("/api/orders", """
				{"martId": %d, "item": "%s", "quantity": 2}""".formatted(martId, item));
		return JsonPath.read(response.body(), "$.id");
	}

	void announce(String text) {
		post("/api/announcements", """
				{"text": "%s"}""".formatted(text));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return HTTP.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
