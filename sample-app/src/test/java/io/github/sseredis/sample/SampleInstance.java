package io.github.sseredis.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import io.github.sseredis.test.SseClient;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** An instance of the sample in this JVM, as its users see it: by HTTP Basic. */
public record SampleInstance(ConfigurableApplicationContext context, URI address) implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	/** Starts an instance with properties that tell where its Redis and database are. */
	static SampleInstance start(String name, List<String> properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--sample.instance=" + name,
				"--sample.encoding-step=100ms", "--sample.batch-retry=1s"));
		properties.forEach((property) -> arguments.add("--" + property));
		ConfigurableApplicationContext context = SpringApplication.run(SampleApplication.class,
				arguments.toArray(String[]::new));
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		Broadcaster broadcaster = context.getBean(Broadcaster.class);
		Awaitility.await().atMost(PATIENCE).until(() -> !broadcaster.lastEventId().equals(EventId.NONE));
		return new SampleInstance(context, URI.create("http://localhost:" + port));
	}

	public SseClient stream(String user) {
		return open("/api/stream", user);
	}

	/** Opens a stream as the page does after it has loaded a list. */
	public SseClient stream(String user, String lastEventId) {
		return open("/api/stream?lastEventId=" + lastEventId, user);
	}

	private SseClient open(String path, String user) {
		return SseClient.to(this.address.resolve(path))
			.basicAuth(user, "password")
			.deadline(PATIENCE)
			.open()
			.awaitOpen();
	}

	public HttpResponse<String> get(@Nullable String user, String path) {
		return send(user, path, "GET", null);
	}

	public HttpResponse<String> post(@Nullable String user, String path, @Nullable String json) {
		return send(user, path, "POST", json);
	}

	public HttpResponse<String> send(@Nullable String user, String path, String method, @Nullable String json) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.address.resolve(path))
			.timeout(PATIENCE)
			.method(method, (json != null) ? BodyPublishers.ofString(json) : BodyPublishers.noBody());
		if (user != null) {
			request.header("Authorization", basic(user));
		}
		if (json != null) {
			request.header("Content-Type", "application/json");
		}
		try {
			return HTTP.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Places an order as a customer and returns its ID. */
	public int order(long martId, String item) {
		HttpResponse<String> response = post("customer-1", "/api/orders", """
				{"martId": %d, "item": "%s", "quantity": 2}""".formatted(martId, item));
		return JsonPath.read(response.body(), "$.id");
	}

	public void announce(String text) {
		post("admin", "/api/announcements", """
				{"text": "%s"}""".formatted(text));
	}

	/**
	 * Waits until a video is encoded: before, the user's streams would have events that
	 * another test does not expect.
	 */
	void awaitVideo(String user, int id) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> get(user, "/api/videos/" + id + "/thumbnail").statusCode() == 200);
	}

	public static String basic(String user) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":password").getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void close() {
		this.context.close();
	}

}
