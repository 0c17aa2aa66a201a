package io.github.sseredis.autoconfigure;

import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.ConnectionInfo;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SseTopicResolver;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.StreamEnd;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SseEndpoint}, on Tomcat and without Spring Security. */
class SseEndpointTests {

	/** What went through the filters, which is what the log gets. */
	private final List<String> errors = new CopyOnWriteArrayList<>();

	private final WebApplicationContextRunner runner = Hosts.tomcat()
		.withBean(Filter.class, () -> this::authenticate)
		.withPropertyValues("sse.endpoint.path=/live/events");

	@Test
	void principalReceivesTheOwnTopicAndNoOther() {
		this.runner.run((context) -> {
			try (RawSseClient client = open(context, "/live/events?topic=user:10", "X-User", "1")) {
				client.awaitBlocks(1);
				assertThat(client.header("Content-Type")).isEqualTo("text/event-stream");
				assertThat(client.header("Cache-Control")).isEqualTo("no-store, no-transform");
				Broadcaster broadcaster = context.getBean(Broadcaster.class);
				broadcaster.broadcast("user:10", "of ten");
				broadcaster.broadcast("user:1", "of one");
				client.awaitEvents(1);
				assertThat(client.data()).containsExactly("of one");
				assertThat(connection(context).principal()).isEqualTo("1");
			}
		});
	}

	@Test
	void streamResumesAfterTheIdOfTheRequest() {
		this.runner.run((context) -> {
			Broadcaster broadcaster = context.getBean(Broadcaster.class);
			String first = broadcaster.broadcast("user:1", "first").join().toString();
			broadcaster.broadcast("user:1", "second");
			try (RawSseClient client = open(context, "/live/events", "X-User", "1", "Last-Event-ID", first)) {
				client.awaitEvents(1);
				assertThat(client.data()).containsExactly("second");
			}
		});
	}

	@Test
	void anonymousIsRefusedForGood() {
		this.runner.run((context) -> assertThat(status(context, "/live/events")).isEqualTo(401));
	}

	@Test
	void principalWithoutTopicsIsRefusedForGood() {
		withTopics().run((context) -> {
			assertThat(status(context, "/live/events", "X-User", "1")).isEqualTo(403);
			assertThat(status(context, "/live/events")).isEqualTo(401);
			assertThat(context.getBean(EmitterRegistry.class).connectionCount()).isZero();
		});
	}

	@Test
	void resolverOfHostGrantsTheTopics() {
		withTopics("mart:7", "announcements").run((context) -> {
			try (RawSseClient client = open(context, "/live/events")) {
				client.awaitBlocks(1);
				assertThat(connection(context).topics()).containsExactly("mart:7", "announcements");
			}
		});
	}

	@Test
	void resolverSeesWhatTheClientNames() {
		this.runner.withBean(SseTopicResolver.class, () -> (request) -> List.of("mart:" + request.getParameter("mart")))
			.run((context) -> {
				try (RawSseClient client = open(context, "/live/events?mart=7")) {
					client.awaitBlocks(1);
					assertThat(connection(context).topics()).containsExactly("mart:7");
				}
			});
	}

	@Test
	void invalidTopicIsAnErrorOfTheResolverAndNamed() {
		withTopics("ok", "$control").run((context) -> {
			assertThat(status(context, "/live/events", "X-User", "1")).isEqualTo(500);
			assertThat(this.errors).singleElement()
				.asString()
				.contains("SseTopicResolver", getClass().getName(), "must not begin with '$'", "'$control'");
			assertThat(context.getBean(EmitterRegistry.class).connectionCount()).isZero();
		});
	}

	@Test
	void nullInsteadOfTopicsIsAnErrorOfTheResolver() {
		this.runner.withBean(SseTopicResolver.class, () -> (request) -> none()).run((context) -> {
			assertThat(status(context, "/live/events", "X-User", "1")).isEqualTo(500);
			assertThat(this.errors).singleElement().asString().contains("SseTopicResolver", "null");
		});
		withTopics("ok", null).run((context) -> assertThat(status(context, "/live/events")).isEqualTo(500));
	}

	@Test
	void limitDoesNotRefuseForGood() {
		this.runner.withPropertyValues("sse.limits.per-principal=1").run((context) -> {
			try (RawSseClient first = open(context, "/live/events", "X-User", "1")) {
				first.awaitBlocks(1);
				try (RawSseClient second = open(context, "/live/events", "X-User", "1")) {
					assertThat(second.awaitEnd(Duration.ofSeconds(20))).isEqualTo(StreamEnd.COMPLETE);
					assertThat(second.status()).isEqualTo(200);
				}
			}
		});
	}

	@Test
	void nothingIsMappedWhenNoPathIsSet() {
		Hosts.servlet()
			.run((context) -> assertThat(context).doesNotHaveBean(SseEndpoint.class)
				.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
				.satisfies((mapping) -> assertThat(mapping.getHandlerMethods().values())
					.noneMatch((method) -> method.getBeanType() == SseEndpoint.class)));
	}

	@Test
	void pathIsIgnoredWithoutSpringMvc() {
		Hosts.plain()
			.withPropertyValues("sse.endpoint.path=/live/events")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SseEndpoint.class));
	}

	private WebApplicationContextRunner withTopics(String... topics) {
		Collection<String> granted = Arrays.asList(topics);
		return this.runner.withBean(SseTopicResolver.class, () -> (request) -> granted);
	}

	@SuppressWarnings("NullAway")
	private static Collection<String> none() {
		return null;
	}

	private static ConnectionInfo connection(AssertableWebApplicationContext context) {
		return context.getBean(EmitterRegistry.class).connections().iterator().next();
	}

	private static int status(AssertableWebApplicationContext context, String path, String... headers) {
		try (RawSseClient client = open(context, path, headers)) {
			return client.awaitHeaders().status();
		}
	}

	private static RawSseClient open(AssertableWebApplicationContext context, String path, String... headers) {
		return RawSseClient.open(Hosts.uri(context, path), headers);
	}

	private void authenticate(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		try {
			chain.doFilter(new Authenticated((HttpServletRequest) request), response);
		}
		catch (ServletException ex) {
			this.errors.add(String.valueOf(ex.getMessage()));
			throw ex;
		}
	}

	private static final class Authenticated extends HttpServletRequestWrapper {

		Authenticated(HttpServletRequest request) {
			super(request);
		}

		@Override
		public Principal getUserPrincipal() {
			String user = getHeader("X-User");
			return (user != null) ? () -> user : null;
		}

	}

}
