package io.github.sseredis.contract;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.test.NioSseClients;
import io.github.sseredis.test.ProcessLevel;
import io.github.sseredis.test.WireClient;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many of all that can go wrong with a request, after which nothing is held that was not
 * before: no entry in the registry, request, connection, thread, descriptor or memory.
 */
class StormsIT {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final long HEAP_MARGIN = 6 * 1024 * 1024;

	private static final String BIG = "x".repeat(200_000);

	@ParameterizedTest
	@EnumSource(names = { "TOMCAT", "JETTY" })
	void leaveNothingBehind(WebServer webServer) throws Exception {
		try (Instance instance = Instance.local()
			.on(webServer)
			.memory(1024 * 1024)
			.options(
					(options) -> options.heartbeatInterval(Duration.ofMillis(200)).writeTimeout(Duration.ofMillis(500)))
			.beans((context) -> {
				context.registerBean(MistakenController.class,
						() -> new MistakenController(context.getBean(EmitterRegistry.class)));
				context.registerBean(Filter.class, () -> StormsIT::failAfterwards);
			})
			// Not the root: tests of log lines come after this in the same process.
			.property("logging.level.org.apache=off")
			.property("logging.level.org.eclipse=off")
			.property("logging.level.org.springframework=off")
			.property("logging.level.io.github.sseredis.web=off")
			// All of the container's threads from the start, so that none is taken for a
			// leak.
			.property("server.tomcat.threads.max=20")
			.property("server.tomcat.threads.min-spare=20")
			.property("server.jetty.threads.max=20")
			.property("server.jetty.threads.min=20")
			.start()) {
			storms(instance);
			ProcessLevel before = ProcessLevel.now();
			storms(instance);
			await().atMost(SOON)
				.pollInterval(Duration.ofMillis(500))
				.untilAsserted(() -> assertThat(ProcessLevel.now())
					.matches((now) -> now.isAtLevelOf(before, HEAP_MARGIN), "at the level of " + before));
			System.out.println(webServer + ": " + before + " -> " + ProcessLevel.now());
		}
	}

	private static void storms(Instance instance) throws Exception {
		clientsThatLeave(instance);
		clientsThatDoNotRead(instance);
		mistakes(instance);
		awaitNoConnection(instance);
		await().atMost(SOON).until(() -> instance.openRequestCount() == 0);
		await().atMost(SOON).until(() -> instance.containerConnectionCount() == 0);
	}

	// Half of them while they are written to.
	private static void clientsThatLeave(Instance instance) {
		try (NioSseClients clients = NioSseClients.create()) {
			clients.open(instance.stream("a"), 300);
			clients.reset((index) -> index % 2 == 0);
			for (int i = 0; i < 20; i++) {
				instance.broadcaster().broadcast("a", "x".repeat(1000)).join();
			}
			clients.reset((index) -> true);
			await().atMost(SOON).until(() -> {
				instance.broadcaster().broadcast("a", "x".repeat(1000)).join();
				return instance.registry().connectionCount() == 0;
			});
		}
	}

	private static void clientsThatDoNotRead(Instance instance) {
		try (NioSseClients clients = NioSseClients.create().receiveBuffer(4096)) {
			clients.open(instance.stream("big"), 50);
			clients.pause((index) -> true);
			await().atMost(SOON).until(() -> {
				instance.broadcaster().broadcast("big", BIG).join();
				return instance.registry().connectionCount() == 0;
			});
		}
	}

	private static void mistakes(Instance instance) throws Exception {
		for (String path : List.of("/throws?topic=a", "/forgets?topic=a", "/mistaken/error", "/mistaken/later",
				"/mistaken/completed", "/stream?topic=a&fail", "/stream?topic=" + "a".repeat(300))) {
			for (int i = 0; i < 100; i++) {
				try (WireClient client = instance.open(instance.uri(path))) {
					client.awaitHeaders();
				}
			}
		}
	}

	private static void awaitNoConnection(Instance instance) {
		await().atMost(SOON).untilAsserted(() -> {
			assertThat(instance.registry().connections()).isEmpty();
			assertThat(instance.registry().connectionCount()).isZero();
		});
	}

	// The request is asynchronous by then, and goes to an error page.
	private static void failAfterwards(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		chain.doFilter(request, response);
		if (request.isAsyncStarted() && request.getParameter("fail") != null) {
			throw new ServletException("A filter that fails when the stream has begun");
		}
	}

	/** Opens streams that become none. */
	@RestController
	static class MistakenController {

		private final EmitterRegistry registry;

		MistakenController(EmitterRegistry registry) {
			this.registry = registry;
		}

		@GetMapping("/mistaken/error")
		SseEmitter error(HttpServletResponse response) throws IOException {
			SseEmitter emitter = this.registry.subscribe("a");
			response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value());
			return emitter;
		}

		@GetMapping("/mistaken/later")
		DeferredResult<String> later() {
			this.registry.subscribe("a");
			DeferredResult<String> result = new DeferredResult<>();
			CompletableFuture.runAsync(() -> result.setErrorResult(new IllegalStateException("later")));
			return result;
		}

		@GetMapping("/mistaken/completed")
		SseEmitter completed() {
			SseEmitter emitter = this.registry.subscribe("a");
			CompletableFuture.runAsync(() -> emitter.completeWithError(new IllegalStateException("in between")));
			return emitter;
		}

	}

}
