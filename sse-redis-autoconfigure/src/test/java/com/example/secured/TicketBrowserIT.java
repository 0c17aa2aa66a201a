package com.example.secured;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpServer;
import io.github.sseredis.Broadcaster;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.TcpProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A page of another origin, in Chromium, whose stream is opened by tickets: over ends of
 * lives and a killed instance it receives every event once.
 */
@Tag("full")
class TicketBrowserIT {

	private static final List<String> ARGUMENTS = List.of("--headless", "--no-sandbox", "--disable-gpu",
			"--disable-background-networking", "--disable-component-update", "--disable-sync");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final String prefix = RedisExtension.newPrefix();

	private int published;

	@Test
	void pageWithTicketsMissesNothingOverEndsOfLivesAndAKilledInstance() throws Exception {
		Optional<Path> chromium = chromium();
		assumeTrue(chromium.isPresent(), "chromium is not on the PATH");
		HttpServer pages = pages();
		String origin = "http://127.0.0.1:" + pages.getAddress().getPort();
		String[] properties = { "spring.data.redis.host=" + redis.host(), "spring.data.redis.port=" + redis.port(),
				"sse.channel-prefix=" + this.prefix, "sse.reconnect-time=200ms", "sse.timeout=2s",
				"sse.endpoint.path=/sse", "sse.ticket.path=/tickets", "test.origin=" + origin };
		try (InstanceProcess killed = InstanceProcess.start(TicketHost.class, properties);
				Instance survivor = Instance.start(TicketHost.class, properties);
				TcpProxy balancer = TcpProxy.to("localhost", killed.port());
				Playwright playwright = Playwright
					.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
				Browser browser = playwright.chromium()
					.launch(new BrowserType.LaunchOptions().setExecutablePath(chromium.orElseThrow())
						.setArgs(ARGUMENTS))) {
			Page page = browser.newPage();
			page.navigate(origin + "/?api=http://127.0.0.1:" + balancer.port() + "&token="
					+ BearerTokenHost.token("1", Instant.now().plusSeconds(300)));
			await(page, "opened", 1);
			publishUntil(survivor.broadcaster(), page, "expired", 2);
			int expired = number(page, "expired");
			killed.kill();
			balancer.redirect("localhost", survivor.uri("/").getPort());
			publishUntil(survivor.broadcaster(), page, "expired", expired + 2);
			await(page, "seen.length", this.published);
			assertThat(page.evaluate("seen")).isEqualTo(IntStream.range(0, this.published).boxed().toList());
			assertThat(page.evaluate("resets")).isEqualTo(0);
		}
		finally {
			pages.stop(0);
		}
	}

	private void publishUntil(Broadcaster broadcaster, Page page, String expression, int least) {
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
			broadcaster.broadcast("user:1", String.valueOf(this.published++)).join();
			return number(page, expression) >= least;
		});
	}

	private static void await(Page page, String expression, int least) {
		Awaitility.await().atMost(PATIENCE).until(() -> number(page, expression) >= least);
	}

	private static int number(Page page, String expression) {
		return ((Number) page.evaluate(expression)).intValue();
	}

	private static HttpServer pages() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		byte[] page;
		try (InputStream in = TicketBrowserIT.class.getResourceAsStream("tickets.html")) {
			page = in.readAllBytes();
		}
		server.createContext("/", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "text/html");
			exchange.sendResponseHeaders(200, page.length);
			exchange.getResponseBody().write(page);
			exchange.close();
		});
		server.start();
		return server;
	}

	private static Optional<Path> chromium() {
		return Arrays.stream(System.getenv("PATH").split(":"))
			.map((directory) -> Path.of(directory, "chromium"))
			.filter(Files::isExecutable)
			.findFirst();
	}

}
