package io.github.sseredis.contract;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.github.sseredis.AbstractBroadcaster;
import io.github.sseredis.EventId;
import io.github.sseredis.test.NioSseClients;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.StreamEnd;
import io.github.sseredis.test.WireClient;
import io.github.sseredis.test.WithRedis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An instance that stops while it is in use. */
@WithRedis
class ShutdownIT {

	private static final int CLIENTS = 500;

	private static final int STALLED = 10;

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final String PADDING = " " + "x".repeat(100);

	/** A few are more than fits into the buffers of a connection. */
	private static final String BIG = "x".repeat(200_000);

	@ParameterizedTest
	@EnumSource(names = { "TOMCAT", "JETTY" })
	void processEndsSoonAndItsClientsMissNothingOnAnotherInstance(WebServer webServer, RedisServer redis)
			throws Exception {
		String prefix = RedisExtension.newPrefix();
		ScheduledExecutorService publisher = Executors.newScheduledThreadPool(1);
		AtomicInteger published = new AtomicInteger();
		try (InstanceProcess stopping = InstanceProcess.start(webServer, redis, prefix, "a");
				Instance other = Instance.redis(redis, prefix).on(webServer).start();
				NioSseClients clients = NioSseClients.create().recordNumbers().receiveBuffer(4096)) {
			await().until(() -> !other.log().lastEventId().equals(EventId.NONE));
			clients.open(URI.create(stopping.stream() + "&topic=big"), STALLED);
			clients.open(stopping.stream(), CLIENTS - STALLED);
			publisher.scheduleAtFixedRate(
					() -> other.broadcaster().broadcast("a", published.getAndIncrement() + PADDING), 20, 20,
					TimeUnit.MILLISECONDS);
			clients.awaitEvents(1, SOON);
			clients.pause((index) -> index < STALLED);
			for (int i = 0; i < 10; i++) {
				other.broadcaster().broadcast("big", BIG).join();
			}
			int before = published.get();
			await().atMost(SOON).until(() -> published.get() > before + 50);

			long begin = System.nanoTime();
			stopping.terminate();
			int exitCode = stopping.awaitExit();
			Duration took = Duration.ofNanos(System.nanoTime() - begin);
			System.out.println(webServer + ": process ended after " + took.toMillis() + " ms");

			clients.resume((index) -> index < STALLED);
			clients.awaitAllEnded(SOON);
			clients.start(other.stream("a"), CLIENTS,
					(index) -> Map.of("Last-Event-ID", clients.lastEventId(index - CLIENTS)));
			clients.awaitOpen(CLIENTS, CLIENTS, Duration.ofSeconds(60));
			publisher.shutdown();
			assertThat(publisher.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
			// The last there is, which what was published before may not be yet.
			EventId end = other.broadcaster().broadcast("a", published.getAndIncrement() + PADDING).join();
			await().atMost(Duration.ofSeconds(60))
				.until(() -> IntStream.range(CLIENTS, 2 * CLIENTS)
					.allMatch((index) -> clients.lastEventId(index).equals(end.toString())));
			long[] expected = LongStream.range(0, published.get()).toArray();
			for (int i = 0; i < CLIENTS; i++) {
				assertThat(clients.resets(i) + clients.resets(CLIENTS + i)).isZero();
				long[] received = LongStream
					.concat(LongStream.of(clients.numbers(i)), LongStream.of(clients.numbers(CLIENTS + i)))
					.filter((number) -> number >= 0)
					.toArray();
				assertThat(received).as("client %d", i).isEqualTo(expected);
			}
			assertThat(took).isLessThan(Duration.ofSeconds(5));
			// What a JVM ends with after SIGTERM.
			assertThat(exitCode).isEqualTo(128 + 15);
			assertThat(stopping.output()).noneMatch((line) -> line.contains("WARN") || line.contains("ERROR")
					|| line.contains("Exception") || line.startsWith("\tat "));
		}
		finally {
			publisher.shutdownNow();
		}
	}

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void requestInFlightStillPublishes(WebServer webServer, RedisServer redis) throws Exception {
		String prefix = RedisExtension.newPrefix();
		CountDownLatch reached = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		try (Instance stopping = Instance.redis(redis, prefix)
			.on(webServer)
			.beans((context) -> context.registerBean(SlowController.class,
					() -> new SlowController(context.getBean(AbstractBroadcaster.class), reached, release)))
			.start(); Instance other = Instance.redis(redis, prefix).start(); WireClient reader = other.open("a")) {
			await().until(() -> !stopping.log().lastEventId().equals(EventId.NONE));
			reader.awaitBlocks(1);
			WireClient stream = stopping.open("a");
			stream.awaitBlocks(1);
			WireClient request = stopping.open(stopping.uri("/slow"));
			assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);
			assertThat(stream.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
			release.countDown();
			assertThat(request.awaitHeaders().status()).isEqualTo(200);
			assertThat(reader.awaitBlock((block) -> "late".equals(block.data()), SOON)).isNotNull();
			stopped.get(30, TimeUnit.SECONDS);
		}
		finally {
			release.countDown();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TOMCAT", "JETTY" })
	void spreadsTheEndsOfStreamsAndSendsNewOnesAway(WebServer webServer) throws Exception {
		Instance instance = Instance.local()
			.on(webServer)
			.options((options) -> options.drain(Duration.ofSeconds(3)))
			.start();
		try (NioSseClients clients = NioSseClients.create()) {
			clients.open(instance.stream("a"), 100);
			long begin = System.nanoTime();
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(instance::close);
			await().pollInterval(Duration.ofMillis(5)).atMost(SOON).until(() -> clients.openCount() < 100);
			try (WireClient late = instance.open("a")) {
				assertThat(late.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
				assertThat(late.status()).isEqualTo(200);
				assertThat(late.reconnectionTime()).isBetween(100L, 150L);
				assertThat(late.lastEventId()).isEmpty();
			}
			clients.awaitAllEnded(SOON);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(2));
			assertThat(clients.ends()).isEqualTo(Map.of(StreamEnd.COMPLETE, 100L));
			stopped.get(30, TimeUnit.SECONDS);
		}
	}

	/** Publishes when it is told to. */
	@RestController
	static class SlowController {

		private final AbstractBroadcaster broadcaster;

		private final CountDownLatch reached;

		private final CountDownLatch release;

		SlowController(AbstractBroadcaster broadcaster, CountDownLatch reached, CountDownLatch release) {
			this.broadcaster = broadcaster;
			this.reached = reached;
			this.release = release;
		}

		@GetMapping("/slow")
		String publish() throws InterruptedException {
			this.reached.countDown();
			this.release.await(60, TimeUnit.SECONDS);
			return this.broadcaster.broadcast("a", "late").join().toString();
		}

	}

}
