package io.github.sseredis.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.sseredis.HostileText;
import io.github.sseredis.test.ProcessLevel;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.web.ConnectionLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients that send whatever comes to their mind. */
class GarbageRequestsIT {

	private static final int REQUESTS = 20_000;

	private static final int THREADS = 8;

	private static final long HEAP_MARGIN = 6 * 1024 * 1024;

	private final AtomicInteger streams = new AtomicInteger();

	@Test
	void garbageGrowsNeitherHeapNorRegistryAndStreamsGoOn() throws Exception {
		long seed = System.nanoTime();
		System.out.println("seed = " + seed);
		try (Instance instance = Instance.local()
			.limits(new ConnectionLimits(0, 20, 0, 32))
			.options((options) -> options.heartbeatInterval(Duration.ofMillis(200)))
			.property("logging.level.org.apache=off")
			// All of the container's threads from the start, so that none is taken for a
			// leak.
			.property("server.tomcat.threads.max=20")
			.property("server.tomcat.threads.min-spare=20")
			.start(); RawSseClient bystander = RawSseClient.open(instance.stream("a"))) {
			bystander.awaitHeaders();
			send(instance, REQUESTS / 4, seed);
			awaitBystanderAlone(instance);
			ProcessLevel before = ProcessLevel.now();
			send(instance, REQUESTS, seed + 1);
			awaitBystanderAlone(instance);
			await().atMost(Duration.ofSeconds(30))
				.pollInterval(Duration.ofMillis(500))
				.untilAsserted(() -> assertThat(ProcessLevel.now())
					.matches((now) -> now.isAtLevelOf(before, HEAP_MARGIN), "at the level of " + before));
			System.out
				.println(REQUESTS + " requests, " + this.streams + " streams: " + before + " -> " + ProcessLevel.now());
			assertThat(this.streams).hasValueGreaterThan(REQUESTS / 10);
			instance.broadcaster().broadcast("a", "still there").join();
			assertThat(bystander.awaitEvents(1).get(0).data()).isEqualTo("still there");
		}
	}

	private static void awaitBystanderAlone(Instance instance) {
		await().atMost(Duration.ofSeconds(60))
			.until(() -> instance.registry().connectionCount() == 1 && instance.registry().connections().size() == 1
					&& instance.containerConnectionCount() <= 2);
	}

	private void send(Instance instance, int count, long seed) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(THREADS);
		try {
			List<CompletableFuture<Void>> done = new ArrayList<>();
			for (int thread = 0; thread < THREADS; thread++) {
				Random random = new Random(seed + thread);
				done.add(CompletableFuture.runAsync(() -> {
					for (int i = 0; i < count / THREADS; i++) {
						send(instance.port(), request(random), random);
					}
				}, executor));
			}
			CompletableFuture.allOf(done.toArray(new CompletableFuture<?>[0])).get(5, TimeUnit.MINUTES);
		}
		finally {
			executor.shutdown();
		}
	}

	private void send(int port, byte[] request, Random random) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
			// What is no request waits for the rest of it.
			socket.setSoTimeout(isWhole(request) ? 10_000 : 50);
			socket.getOutputStream().write(request);
			if (random.nextInt(3) > 0) {
				InputStream in = socket.getInputStream();
				byte[] head = new byte[16];
				if (in.read(head) > 12 && new String(head, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 200")) {
					this.streams.incrementAndGet();
				}
			}
			if (random.nextBoolean()) {
				socket.setSoLinger(true, 0);
			}
		}
		catch (SocketTimeoutException ex) {
			// It waits for the rest of the request.
		}
		catch (IOException ex) {
			// So it was bad enough.
		}
	}

	private static boolean isWhole(byte[] request) {
		return new String(request, StandardCharsets.ISO_8859_1).matches("(?s)(GET|HEAD) /stream.*\r\n\r\n");
	}

	private static byte[] request(Random random) {
		if (random.nextInt(20) == 0) {
			return HostileText.any(random).getBytes(StandardCharsets.UTF_8);
		}
		StringBuilder request = new StringBuilder(random.nextInt(20) == 0 ? "HEAD" : "GET");
		request.append(" /stream?x=1");
		for (int topics = random.nextInt(random.nextInt(10) == 0 ? 60 : 3); topics >= 0; topics--) {
			request.append("&topic=").append(random.nextBoolean() ? "t" + random.nextInt() : encoded(random));
		}
		if (random.nextBoolean()) {
			request.append("&user=").append(encoded(random));
		}
		if (random.nextBoolean()) {
			request.append(random.nextBoolean() ? "&lastEventId=" : "&last-event-id=").append(encoded(random));
		}
		request.append(" HTTP/1.1\r\nHost: localhost\r\n");
		if (random.nextBoolean()) {
			request.append("Last-Event-ID: ").append(HostileText.any(random).replaceAll("[\r\n\0]", "")).append("\r\n");
		}
		return request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
	}

	private static String encoded(Random random) {
		String text = HostileText.any(random);
		return URLEncoder.encode(text.substring(0, Math.min(text.length(), 300)), StandardCharsets.UTF_8);
	}

}
