package com.example.secured;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import io.github.sseredis.Broadcaster;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.TcpProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page of another origin, in Chromium, whose stream is opened by tickets: over ends of
 * lives and a killed instance it receives every event once.
 */
@Tag("full")
class TicketBrowserIT {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final String prefix = RedisExtension.newPrefix();

	private int published;

	@Test
	void pageWithTicketsMissesNothingOverEndsOfLivesAndAKilledInstance() throws Exception {
		HttpServer pages = pages();
		String origin = "http://127.0.0.1:" + pages.getAddress().getPort();
		String[] properties = { "spring.data.redis.host=" + redis.host(), "spring.data.redis.port=" + redis.port(),
				"sse.channel-prefix=" + this.prefix, "sse.reconnect-time=200ms", "sse.timeout=2s",
				"sse.endpoint.path=/sse", "sse.ticket.path=/tickets", "test.origin=" + origin };
		try (InstanceProcess killed = InstanceProcess.start(TicketHost.class, properties);
				Instance survivor = Instance.start(TicketHost.class, properties);
				TcpProxy balancer = TcpProxy.to("localhost", killed.port());
				Chromium chromium = Chromium.start()) {
			Page page = chromium.browser().newPage();
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

}
