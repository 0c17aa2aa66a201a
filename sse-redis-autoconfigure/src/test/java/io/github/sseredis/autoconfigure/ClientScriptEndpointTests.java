package io.github.sseredis.autoconfigure;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ClientScriptEndpoint}. */
class ClientScriptEndpointTests {

	private final WebApplicationContextRunner runner = Hosts.servlet();

	private final WebApplicationContextRunner enabled = this.runner.withPropertyValues("sse.client.enabled=true");

	@Test
	void servesNothingUnlessEnabled() {
		this.runner.run((context) -> assertThat(get(context, "/sse-client.js")).hasStatus(404));
		this.runner.withPropertyValues("sse.client.enabled=false")
			.run((context) -> assertThat(get(context, "/sse-client.js")).hasStatus(404));
	}

	@Test
	void servesTheModule() {
		this.enabled.run((context) -> {
			MvcTestResult result = get(context, "/sse-client.js");
			assertThat(result).hasStatusOk().hasContentType("text/javascript;charset=UTF-8");
			assertThat(result).bodyText().contains("export class SseClient");
		});
	}

	@Test
	void servesTheModuleBelowTheContextPath() {
		this.enabled.run((context) -> assertThat(
				MockMvcTester.from(context).get().uri("/app/sse-client.js").contextPath("/app").exchange())
			.hasStatusOk());
	}

	@Test
	void browserAsksWhetherTheModuleIsStillTheSame() {
		this.enabled.run((context) -> {
			MvcTestResult first = get(context, "/sse-client.js");
			assertThat(first).headers().hasValue("Cache-Control", "no-cache");
			String etag = first.getResponse().getHeader("ETag");
			MvcTestResult again = MockMvcTester.from(context)
				.get()
				.uri("/sse-client.js")
				.header("If-None-Match", etag)
				.exchange();
			assertThat(again).hasStatus(304).headers().hasValue("Cache-Control", "no-cache");
			assertThat(MockMvcTester.from(context)
				.get()
				.uri("/sse-client.js")
				.header("If-None-Match", "\"of another version\"")
				.exchange()).hasStatusOk();
		});
	}

	private static MvcTestResult get(AssertableWebApplicationContext context, String path) {
		return MockMvcTester.from(context).get().uri(path).exchange();
	}

}
