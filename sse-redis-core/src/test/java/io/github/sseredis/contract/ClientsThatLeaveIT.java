package io.github.sseredis.contract;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.test.RawSseClient;
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

	private static final Duration SOON = Duration.ofSeconds(10);

	@ParameterizedTest
	@EnumSource(WebServer.class)
	void leavesNothingBehindWhenAClientIsGoneBeforeItsRequestHasLeftTheContainer(WebServer webServer) throws Exception {
		HeldRequest held = new HeldRequest();
		try (Instance instance = Instance.local()
			.on(webServer)
			.beans((context) -> context.registerBean(Filter.class, () -> held))
			.start()) {
			RawSseClient client = RawSseClient.open(instance.stream("a"));
			assertThat(held.reached.await(10, TimeUnit.SECONDS)).isTrue();
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
				RawSseClient client = RawSseClient.open(instance.stream("a"));
				background.schedule(client::reset, 10, TimeUnit.MILLISECONDS);
			}
			await().atMost(SOON).until(() -> instance.registry().connectionCount() == 0);
			await().atMost(SOON).until(() -> instance.openRequestCount() == 0);
			await().atMost(SOON).until(() -> instance.containerConnectionCount() <= 1);
			assertThat(output).doesNotContain("WARN").doesNotContain("ERROR").doesNotContain("Exception");
		}
		finally {
			background.shutdownNow();
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
					this.release.await(10, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		}

	}

}
