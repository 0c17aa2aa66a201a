package io.github.sseredis.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import io.github.sseredis.EventId;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.SseTestClient;
import io.github.sseredis.test.SseTestEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged sample, processed ahead of time, in a JVM of its own. */
class AotIT {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	@Test
	void applicationProcessedAheadOfTimeStartsAndPushes() throws Exception {
		Path output = this.directory.resolve("output");
		Process process = start(output);
		try {
			URI address = awaitStart(process, output);
			assertThat(Files.readString(output)).contains("Starting AOT-processed SampleApplication");
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> !JsonPath.read(get(address, "/api/me").body(), "$.lastEventId")
					.equals(EventId.NONE.toString()));
			try (SseTestClient mart = SseTestClient.to(address.resolve("/api/stream"))
				.header("Authorization", SampleInstance.basic("mart-7"))
				.open()
				.awaitOpen()) {
				// Through an event method, a transaction and Jackson.
				assertThat(post(address, "/api/orders", """
						{"martId": 7, "item": "김밥", "quantity": 2}""").statusCode()).isEqualTo(201);
				// Through a proxy.
				post(address, "/api/announcements", """
						{"text": "hello"}""");
				SseTestEvent order = mart.awaitEvent((event) -> event.type().equals("order"), PATIENCE);
				assertThat(JsonPath.<String>read(order.data(), "$.item")).isEqualTo("김밥");
				SseTestEvent announcement = mart.awaitEvent((event) -> event.type().equals("announcement"), PATIENCE);
				assertThat(JsonPath.<String>read(announcement.data(), "$.text")).isEqualTo("hello");
			}
			assertThat(get(address, "/actuator/health").statusCode()).isEqualTo(200);
		}
		finally {
			process.destroy();
			if (!process.waitFor(30, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
	}

	private static Process start(Path output) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
				"-Dspring.aot.enabled=true", "-jar", jar().toString(), "--server.port=0",
				"--spring.data.redis.host=" + redis.host(), "--spring.data.redis.port=" + redis.port(),
				"--sse.channel-prefix=" + redis.prefix(), "--spring.datasource.url=jdbc:h2:mem:aot")
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
	}

	private static Path jar() throws IOException {
		try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of("target"), "sample-app-*.jar")) {
			for (Path jar : jars) {
				if (!jar.toString().endsWith("-sources.jar") && !jar.toString().endsWith("-javadoc.jar")) {
					return jar;
				}
			}
		}
		throw new IllegalStateException("No jar in target: this test runs after the package phase");
	}

	private static URI awaitStart(Process process, Path output) throws IOException {
		Awaitility.await().atMost(PATIENCE).until(() -> {
			assertThat(process.isAlive()).as(() -> read(output)).isTrue();
			return PORT.matcher(read(output)).find();
		});
		Matcher port = PORT.matcher(read(output));
		assertThat(port.find()).isTrue();
		return URI.create("http://localhost:" + port.group(1));
	}

	private static String read(Path output) {
		try {
			return Files.readString(output);
		}
		catch (IOException ex) {
			return "";
		}
	}

	private HttpResponse<String> get(URI address, String path) throws IOException, InterruptedException {
		return this.http.send(request(address, path).build(), BodyHandlers.ofString());
	}

	private HttpResponse<String> post(URI address, String path, String json) throws IOException, InterruptedException {
		return this.http.send(request(address, path).header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json))
			.build(), BodyHandlers.ofString());
	}

	private static HttpRequest.Builder request(URI address, String path) {
		return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", SampleInstance.basic("admin"));
	}

}
