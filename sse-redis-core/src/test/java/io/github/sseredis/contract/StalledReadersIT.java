package io.github.sseredis.contract;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.sseredis.test.NioSseClients;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A thousand clients that stop reading, beside some that do not. */
class StalledReadersIT {

	private static final int STALLED = 1000;

	private static final int READING = 20;

	private static final int MEGABYTE = 1024 * 1024;

	private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(4);

	private static final int EVENTS = 16 * 1024;

	private static final String PAYLOAD = " " + "x".repeat(4096 - 32);

	@ParameterizedTest
	@EnumSource(names = { "TOMCAT", "JETTY" })
	void stalledReadersCostNobodyAnythingAndAreReleased(WebServer webServer) throws Exception {
		long logMemory = 32 * MEGABYTE;
		try (Instance instance = Instance.local()
			.on(webServer)
			.memory(logMemory)
			.options((options) -> options.writeTimeout(WRITE_TIMEOUT))
			.property("server.tomcat.max-connections=9000")
			.start();
				NioSseClients stalled = NioSseClients.create().receiveBuffer(4096);
				NioSseClients reading = NioSseClients.create().recordNumbers()) {
			reading.open(instance.stream("load"), READING);
			int containerBefore = instance.containerConnectionCount();
			stalled.open(instance.stream("load"), STALLED);
			await().until(() -> instance.registry().connectionCount("load") == STALLED + READING);
			instance.broadcaster().broadcast("load", "-1").join();
			reading.awaitEvents(1, Duration.ofSeconds(30));
			stalled.awaitEvents(1, Duration.ofSeconds(30));
			long before = liveHeap();
			stalled.pause((index) -> true);
			long begin = System.nanoTime();
			CompletableFuture<?> last = CompletableFuture.completedFuture(null);
			for (int i = 0; i < EVENTS; i++) {
				last = instance.broadcaster().broadcast("load", i + PAYLOAD);
				// 64 MB within a second or two, as readers on this machine can take it.
				while (reading.totalEvents() < (i - 2000L) * READING && reading.openCount() == READING) {
					LockSupport.parkNanos(50_000);
				}
			}
			last.join();
			try {
				reading.awaitEvents(EVENTS + 1, Duration.ofSeconds(60));
			}
			catch (AssertionError ex) {
				StringBuilder lag = new StringBuilder();
				for (int i = 0; i < READING; i++) {
					lag.append(' ').append(reading.events(i)).append('/').append(reading.resets(i));
				}
				throw new AssertionError("events/resets of the readers:" + lag, ex);
			}
			long delivered = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
			long during = liveHeap();
			int stillThere = instance.registry().connectionCount("load");
			// Before the default would have passed.
			await().atMost(WRITE_TIMEOUT.plusSeconds(5))
				.until(() -> instance.registry().connectionCount("load") == READING);
			long released = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
			await().atMost(Duration.ofSeconds(20)).until(() -> instance.registry().connectionCount() == READING);
			await().atMost(Duration.ofSeconds(20)).until(() -> instance.containerConnectionCount() == containerBefore);
			System.out.printf(
					"%s: delivered in %d ms, %d of %d still stalled then, heap +%.1f MB, released after %d ms, container %d -> %d%n",
					webServer, delivered, stillThere - READING, STALLED, (during - before) / (double) MEGABYTE,
					released, containerBefore, instance.containerConnectionCount());
			assertThat(during - before).isLessThan(logMemory + 20 * MEGABYTE);
			assertThat(reading.numbers(0)).hasSize(EVENTS + 1);
			assertThat(reading.openCount()).isEqualTo(READING);
		}
	}

	private static long liveHeap() {
		System.gc();
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
