package io.github.sseredis.docs;

import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Route.FulfillOptions;
import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.EventId;
import io.github.sseredis.SseEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the scripts of README and docs in Chromium, against a host that has what they ask
 * for.
 */
@Tag("full")
class ScriptsIT {

	/** What scripts call, and how the test looks into them. */
	private static final String PAGE_OF_HOST = """
			<!doctype html>
			<script>
			  const user = "ann";
			  const token = () => "ann";
			  const show = (order) => items.push(order.item);
			  const reload = () => location.reload();
			  const tell = (state) => states.push(state);
			  window.items = [];
			  window.states = [];
			  window.sources = [];
			  window.EventSource = class extends EventSource {
			    constructor(url, options) {
			      super(url, options);
			      sources.push(this);
			    }
			  };
			</script>
			<script type="module">
			SCRIPT
			</script>
			""";

	private static Host host;

	private static Chromium chromium;

	private final com.microsoft.playwright.Page page = chromium.page();

	private int loads;

	@BeforeAll
	static void start() {
		host = Host.of(Application.class)
			.withoutDatabase()
			.withoutSecurity()
			.with("sse.broadcaster=local", "sse.client.enabled=true", "sse.endpoint.path=/sse",
					"sse.ticket.path=/sse/tickets")
			.start();
		chromium = Chromium.start();
	}

	@AfterEach
	void close() {
		this.page.close();
	}

	@AfterAll
	static void stop() {
		chromium.close();
		host.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "docs/resume.md" })
	void orderIsShownAndResetLoadsThePageAnew(String name) {
		run(script(name, 0));
		awaitOpen();
		order("live");
		awaitItems("live");
		resetLoadsThePageAnew();
	}

	@Test
	void listAndStreamHaveNoHole() {
		run(script("docs/topics.md", 0) + "\nopen(7);");
		awaitOpen();
		order("live");
		awaitItems("in the list", "between", "live");
		resetLoadsThePageAnew();
	}

	@Test
	void clientForBrowsersGoesOnAfterTheListAndTellsItsState() {
		run(script("docs/browser.md", 0));
		this.page.waitForFunction("states.includes('open')");
		order("live");
		awaitItems("between", "live");
		resetLoadsThePageAnew();
	}

	@Test
	void clientForBrowsersTakesATicket() {
		run("import { SseClient } from '/sse-client.js';\n" + script("docs/browser.md", 1));
		EmitterRegistry registry = host.context().getBean(EmitterRegistry.class);
		this.page.waitForCondition(() -> registry.connectionCount("user:ann") == 1);
	}

	private void run(String script) {
		String html = PAGE_OF_HOST.replace("SCRIPT", script);
		this.page.route("**/page", (route) -> {
			this.loads++;
			// The second time it would ask for lists, of which other tests would hear.
			route.fulfill(new FulfillOptions().setContentType("text/html").setBody((this.loads == 1) ? html : "anew"));
		});
		this.page.navigate(host.address() + "/page");
	}

	private void awaitOpen() {
		this.page.waitForFunction("sources.length === 1 && sources[0].readyState === EventSource.OPEN");
	}

	private void awaitItems(String... items) {
		this.page.waitForFunction("items.length === " + items.length);
		assertThat(this.page.evaluate("items")).isEqualTo(List.of(items));
	}

	private void resetLoadsThePageAnew() {
		this.page.evaluate("""
				sources[0].dispatchEvent(new MessageEvent("reset", { data: '{"reason":"trimmed","topics":[]}' }))""");
		// To its end: a page that is closed while it loads may never say that it is
		// closed.
		this.page.waitForFunction("document.body?.textContent === 'anew' && document.readyState === 'complete'");
	}

	private static void order(String item) {
		host.context().getBean(Broadcaster.class).broadcast("orders", order(Map.of("item", item))).join();
	}

	private static SseEvent order(Map<String, String> order) {
		return SseEvent.of("order", order);
	}

	private static String script(String page, int index) {
		return Page.of(page)
			.blocks()
			.stream()
			.filter((block) -> block.language().equals("js"))
			.map(CodeBlock::text)
			.toList()
			.get(index);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Application {

		private final EmitterRegistry emitterRegistry;

		private final Broadcaster broadcaster;

		Application(EmitterRegistry emitterRegistry, Broadcaster broadcaster) {
			this.emitterRegistry = emitterRegistry;
			this.broadcaster = broadcaster;
		}

		@GetMapping({ "/stream", "/api/stream" })
		SseEmitter stream() {
			return this.emitterRegistry.subscribe("orders");
		}

		/** Has one order, and another comes before the client can open a stream. */
		@GetMapping({ "/orders", "/api/orders" })
		Map<String, Object> list() {
			EventId lastEventId = this.broadcaster.lastEventId();
			this.broadcaster.broadcast("orders", order(Map.of("item", "between"))).join();
			return Map.of("orders", List.of(Map.of("item", "in the list")), "lastEventId", lastEventId.toString());
		}

		@Bean
		static BearerName authentication() {
			return new BearerName();
		}

	}

}
