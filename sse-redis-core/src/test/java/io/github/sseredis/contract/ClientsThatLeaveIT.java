package io.github.sseredis.contract;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.test.WireClient;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients that are gone before, while or after they are written to. */
@ExtendWith(OutputCaptureExtension.class)
class ClientsThatLeaveIT {

	private static final Duration SOON = Duration.ofSeconds(20);

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void leavesNothingBehindWhenAClientIsGoneBeforeItsRequestHasLeftTheContainer(WebServer webServer) throws Exception {
		HeldRequest held = new HeldRequest();
		try (Instance instance = Instance.local()
			.on(webServer)
			.beans((context) -> context.registerBean(Filter.class, () -> held))
			.start()) {
			WireClient client = instance.open("a");
			assertThat(held.reached.await(20, TimeUnit.SECONDS)).isTrue();
			client.reset();
			// Not for ever: what is to come is that nothing is written.
			long begin = System.nanoTime();
			await().atMost(SOON).until(() -> {
				instance.broadcaster().broadcast("a", "x".repeat(1000)).join();
				return instance.registry().connectionCount("a") == 0
						|| System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(500);
			});
			held.release.countDown();
			await().atMost(SOON).until(() -> {
				instance.broadcaster().broadcast("a", "x".repeat(1000)).join();
				return instance.registry().connectionCount() == 0;
			});
			await().atMost(SOON).until(() -> instance.openRequestCount() == 0);
		}
	}

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void leavesNothingBehindWhenManyClientsLeaveAtOnce(WebServer webServer, CapturedOutput output) throws Exception {
		ScheduledExecutorService background = Executors.newScheduledThreadPool(1);
		try (Instance instance = Instance.local().on(webServer).start()) {
			background.scheduleAtFixedRate(() -> instance.broadcaster().broadcast("a", "x".repeat(100)), 5, 5,
					TimeUnit.MILLISECONDS);
			for (int i = 0; i < 500; i++) {
				WireClient client = instance.open("a");
				if (webServer.isHttp2()) {
					// Before there is a stream it is for the server alone, which logs it.
					client.awaitHeaders();
				}
				background.schedule(client::reset, 10, TimeUnit.MILLISECONDS);
			}
			await().atMost(SOON).until(() -> instance.registry().connectionCount() == 0);
			await().atMost(SOON).until(() -> instance.openRequestCount() == 0);
			// Tomcat notices after 20 s that one with HTTP/2 was reset before its first
			// frame.
			await().atMost(Duration.ofSeconds(60)).until(() -> instance.containerConnectionCount() == 0);
			assertThat(output).doesNotContain("WARN").doesNotContain("ERROR").doesNotContain("Exception");
		}
		finally {
			background.shutdownNow();
		}
	}

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void leavesNothingBehindWhenStreamsAreClosedWhileEventsAreOnTheirWay(WebServer webServer, CapturedOutput output)
			throws Exception {
		try (Instance instance = Instance.local().on(webServer).start()) {
			for (int i = 0; i < 200; i++) {
				try (WireClient client = instance.open("a")) {
					client.awaitBlocks(1);
				}
				// Each is answered by a client that has reset its stream, with a reset.
				for (int event = 0; event < 5; event++) {
					instance.broadcaster().broadcast("a", "x").join();
				}
			}
			await().atMost(SOON).until(() -> {
				instance.broadcaster().broadcast("a", "x").join();
				return instance.registry().connectionCount() == 0;
			});
			await().atMost(SOON).until(() -> instance.openRequestCount() == 0);
			assertThat(output).doesNotContain("WARN").doesNotContain("ERROR").doesNotContain("Exception");
		}
	}

	/** Keeps requests in the container when they have begun to be asynchronous. */
	private static final class HeldRequest implements Filter {

		final CountDownLatch reached = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			chain.doFilter(request, response);
			if (request.isAsyncStarted()) {
				this.reached.countDown();
				try {
					this.release.await(60, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		}

	}

}
