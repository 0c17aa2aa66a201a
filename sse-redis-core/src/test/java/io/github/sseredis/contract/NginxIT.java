package io.github.sseredis.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.sseredis.EventId;
import io.github.sseredis.test.Nginx;
import io.github.sseredis.test.Ports;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.SseBlock;
import io.github.sseredis.test.SseTestClient;
import io.github.sseredis.test.SseTestEvent;
import io.github.sseredis.test.TestCertificate;
import io.github.sseredis.test.WithRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A real nginx in front of two instances. */
@WithRedis
@Tag("full")
class NginxIT {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int EVENTS = 40;

	private static final int CLIENTS = 20;

	private final List<AutoCloseable> open = new ArrayList<>();

	private final List<Instance> instances = new ArrayList<>();

	private final int port = Ports.free();

	/** What nginx is told, beside the addresses of the instances. */
	enum Configuration {

		DOCUMENTED {

			@Override
			String text(List<Instance> instances, int port) {
				return documented(instances).replace("listen 80;", "listen " + port + ";");
			}

		},

		/** Nothing but where to go. */
		DEFAULT {

			@Override
			String text(List<Instance> instances, int port) {
				return """
						upstream app { server 127.0.0.1:%d; server 127.0.0.1:%d; }
						server { listen %d; location / { proxy_pass http://app; } }
						""".formatted(instances.get(0).port(), instances.get(1).port(), port);
			}

		};

		abstract String text(List<Instance> instances, int port);

		static String documented(List<Instance> instances) {
			return resource("app.conf").replace("app-1:8080", "127.0.0.1:" + instances.get(0).port())
				.replace("app-2:8080", "127.0.0.1:" + instances.get(1).port());
		}

	}

	@BeforeEach
	void startInstances(RedisServer redis) {
		String prefix = RedisExtension.newPrefix();
		for (int i = 0; i < 2; i++) {
			Instance instance = keep(Instance.redis(redis, prefix)
				.options((options) -> options.heartbeatInterval(Duration.ofMillis(300)))
				.start());
			this.instances.add(instance);
			await().until(() -> !instance.log().lastEventId().equals(EventId.NONE));
		}
	}

	@AfterEach
	void closeAll() throws Exception {
		for (AutoCloseable each : this.open) {
			each.close();
		}
	}

	private <T extends AutoCloseable> T keep(T closeable) {
		this.open.add(0, closeable);
		return closeable;
	}

	private static String resource(String name) {
		try (InputStream in = NginxIT.class.getResourceAsStream("/nginx/" + name)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private URI stream() {
		return URI.create("http://localhost:" + this.port + "/stream?topic=a");
	}

	private void publish(int instance, String data) {
		this.instances.get(instance).broadcaster().broadcast("a", data).join();
	}

	@ParameterizedTest
	@EnumSource
	void eventsArriveAtOnce(Configuration configuration) {
		keep(Nginx.start(configuration.text(this.instances, this.port), this.port));
		List<SseTestClient> clients = Stream.generate(() -> keep(SseTestClient.open(stream()).awaitOpen()))
			.limit(4)
			.toList();
		await().until(() -> this.instances.stream().allMatch((each) -> each.registry().connectionCount("a") == 2));
		publish(0, "warm");
		clients.forEach((client) -> client.awaitEvents(1));
		List<Long> millis = new ArrayList<>();
		for (int i = 0; i < EVENTS; i++) {
			long before = System.nanoTime();
			publish(i % 2, "event " + i);
			for (SseTestClient client : clients) {
				SseTestEvent event = client.awaitEvents(i + 2).get(i + 1);
				millis.add(TimeUnit.NANOSECONDS.toMillis(event.nanos() - before));
			}
		}
		millis.sort(null);
		System.out
			.println(configuration + ": from publishing to arrival, in ms: median " + millis.get(millis.size() / 2)
					+ ", 90 % " + millis.get(millis.size() * 9 / 10) + ", longest " + millis.get(millis.size() - 1));
		// A buffer would hold each until it is full; a machine that is busy holds some.
		assertThat(millis.get(millis.size() / 2)).isLessThan(100);
	}

	@ParameterizedTest
	@EnumSource
	void quietStreamOutlivesTheReadTimeoutByItsHeartbeats(Configuration configuration) {
		String text = configuration.text(this.instances, this.port).replace("proxy_read_timeout 60s;", "");
		keep(Nginx.start("proxy_read_timeout 3s;\n" + text, this.port));
		RawSseClient client = keep(RawSseClient.open(stream()));
		client.awaitBlocks(15, PATIENCE);
		publish(0, "still there");
		SseBlock event = client.awaitBlock(SseBlock::isEvent, PATIENCE);
		assertThat(event.data()).isEqualTo("still there");
		assertThat(client.statusLine()).isEqualTo("HTTP/1.1 200 ");
	}

	@ParameterizedTest
	@EnumSource
	void clientsResumeOnTheOtherInstanceWhenOneIsStopped(Configuration configuration) {
		keep(Nginx.start(configuration.text(this.instances, this.port), this.port));
		List<SseTestClient> clients = Stream.generate(() -> keep(SseTestClient.to(stream()).follow().open()))
			.limit(CLIENTS)
			.toList();
		clients.forEach(SseTestClient::awaitOpen);
		publish(1, "0");
		clients.forEach((client) -> client.awaitEvents(1, PATIENCE));
		Instance stopped = this.instances.get(0);
		assertThat(stopped.registry().connectionCount("a")).isBetween(1, CLIENTS - 1);
		CompletableFuture<Void> stop = CompletableFuture.runAsync(stopped::close);
		for (int i = 1; i < 200; i++) {
			publish(1, String.valueOf(i));
		}
		stop.orTimeout(30, TimeUnit.SECONDS).join();
		await().atMost(PATIENCE).until(() -> this.instances.get(1).registry().connectionCount("a") == CLIENTS);
		publish(1, "200");
		for (SseTestClient client : clients) {
			client.awaitEvents(201, PATIENCE);
			assertThat(client.data())
				.containsExactlyElementsOf(IntStream.rangeClosed(0, 200).mapToObj(String::valueOf).toList());
		}
		assertThat(clients).anyMatch((client) -> client.openings().size() > 1);
	}

	@Test
	void manyStreamsOfABrowserShareOneConnectionByHttp2(@TempDir Path directory) throws Exception {
		TestCertificate certificate = TestCertificate.create(directory);
		String tls = resource("tls.conf").replace("listen 443", "listen " + this.port)
			.replace("/etc/nginx/tls/server.crt", certificate.certificate().toString())
			.replace("/etc/nginx/tls/server.key", certificate.key().toString());
		int plain = Ports.free();
		keep(Nginx.start(
				Configuration.documented(this.instances).replace("    listen 80;", "listen " + plain + ";\n" + tls),
				this.port));
		HttpClient browser = HttpClient.newBuilder().sslContext(certificate.trusted()).build();
		HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + this.port + "/stream?topic=a"))
			.header("Accept", "text/event-stream")
			.build();
		List<List<String>> received = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			HttpResponse<Stream<String>> response = browser.send(request, BodyHandlers.ofLines());
			assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
			assertThat(response.statusCode()).isEqualTo(200);
			List<String> lines = new CopyOnWriteArrayList<>();
			received.add(lines);
			Thread reader = new Thread(() -> read(response.body(), lines), "http2-stream");
			reader.setDaemon(true);
			reader.start();
		}
		await()
			.until(() -> this.instances.stream().mapToInt((each) -> each.registry().connectionCount("a")).sum() == 20);
		publish(0, "by HTTP/2");
		await().atMost(PATIENCE).until(() -> received.stream().allMatch((lines) -> lines.contains("data: by HTTP/2")));
	}

	private static void read(Stream<String> body, List<String> lines) {
		try {
			body.forEach(lines::add);
		}
		catch (UncheckedIOException ex) {
			// The test is over.
		}
	}

}
