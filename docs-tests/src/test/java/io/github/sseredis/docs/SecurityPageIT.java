package io.github.sseredis.docs;

import java.util.List;

import com.microsoft.playwright.Route.FulfillOptions;
import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SseEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/** Sets what docs/security.md sets for tickets, and runs its script in Chromium. */
@Tag("full")
class SecurityPageIT {

	/** Shows the script a token, and the test what comes. */
	private static final String PAGE_OF_HOST = """
			<!doctype html>
			<script>
			  const token = () => "ann";
			  window.orders = [];
			  window.EventSource = class extends EventSource {
			    constructor(url) {
			      super(url);
			      this.addEventListener("order", (event) => window.orders.push(event.data));
			    }
			  };
			SCRIPT
			  open();
			</script>
			""";

	@Test
	void scriptTakesATicketForEachStreamAndMissesNothing() {
		List<CodeBlock> blocks = Page.of("docs/security.md").blocks();
		String html = PAGE_OF_HOST.replace("SCRIPT", only(blocks, "js").text());
		Host.Builder builder = Host.of(Application.class)
			.withoutDatabase()
			.withoutSecurity()
			.with("sse.broadcaster=local", "sse.reconnect-time=100ms");
		KnownProperties.properties(only(blocks, "properties").text())
			.forEach((key, value) -> builder.with(key + "=" + value));
		try (Host host = builder.start(); Chromium chromium = Chromium.start()) {
			EmitterRegistry registry = host.context().getBean(EmitterRegistry.class);
			Broadcaster broadcaster = host.context().getBean(Broadcaster.class);
			var page = chromium.page();
			page.route("**/page",
					(route) -> route.fulfill(new FulfillOptions().setContentType("text/html").setBody(html)));
			page.navigate(host.address() + "/page");
			page.waitForCondition(() -> registry.connectionCount("user:ann") == 1);
			broadcaster.broadcast("user:ann", SseEvent.of("order", "1")).join();
			page.waitForFunction("orders.length === 1");
			registry.disconnect("ann").join();
			broadcaster.broadcast("user:ann", SseEvent.of("order", "2")).join();
			page.waitForFunction("orders.length === 2");
			page.waitForCondition(() -> registry.connectionCount("user:ann") == 1);
			broadcaster.broadcast("user:ann", SseEvent.of("order", "3")).join();
			page.waitForFunction("orders.length === 3");
			assertThat(page.evaluate("orders")).isEqualTo(List.of("1", "2", "3"));
		}
	}

	private static CodeBlock only(List<CodeBlock> blocks, String language) {
		List<CodeBlock> found = blocks.stream().filter((block) -> block.language().equals(language)).toList();
		assertThat(found).hasSize(1);
		return found.get(0);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		BearerName authentication() {
			return new BearerName();
		}

	}

}
