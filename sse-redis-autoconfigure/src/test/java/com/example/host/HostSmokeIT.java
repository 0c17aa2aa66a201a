package com.example.host;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.SseTestClient;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances of a host that knows only the documentation, over a real Redis. */
class HostSmokeIT {

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final List<ServletWebServerApplicationContext> instances = new ArrayList<>();

	private final String application = RedisExtension.newPrefix().replace(":", "");

	@AfterEach
	void stop() {
		this.instances.forEach(ServletWebServerApplicationContext::close);
	}

	@Test
	void eventReachesClientOfOtherInstanceWhenHostHasOnlyAController() throws Exception {
		URI first = start(HostApplication.class);
		URI second = start(HostApplication.class);
		try (SseTestClient client = SseTestClient.open(second.resolve("/events"))) {
			client.awaitOpen();
			post(first.resolve("/notify"), "{\"text\":\"주문이 도착했습니다\"}");
			assertThat(client.awaitEvents(1).get(0)).satisfies((event) -> {
				assertThat(event.type()).isEqualTo("notification");
				assertThat(event.data()).isEqualTo("{\"text\":\"주문이 도착했습니다\"}");
			});
		}
	}

	@Test
	void eventReachesPrincipalOnOtherInstanceWhenHostHasOnlyAPath() {
		start(EndpointHost.class, "sse.endpoint.path=/sse");
		URI second = start(EndpointHost.class, "sse.endpoint.path=/sse");
		Broadcaster broadcaster = this.instances.get(0).getBean(Broadcaster.class);
		try (SseTestClient one = SseTestClient.open(second.resolve("/sse"), "X-User", "1");
				SseTestClient ten = SseTestClient.open(second.resolve("/sse"), "X-User", "10")) {
			one.awaitOpen();
			ten.awaitOpen();
			broadcaster.broadcast("user:10", "for ten");
			broadcaster.broadcast("user:1", "for one");
			one.awaitEvents(1);
			ten.awaitEvents(1);
			assertThat(one.data()).containsExactly("for one");
			assertThat(ten.data()).containsExactly("for ten");
		}
	}

	private URI start(Class<?> host, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(List.of("server.port=0", "spring.application.name=" + this.application,
				"spring.data.redis.host=" + redis.host(), "spring.data.redis.port=" + redis.port(),
				"spring.main.banner-mode=off", "spring.jpa.hibernate.ddl-auto=none"));
		ServletWebServerApplicationContext context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(
				host)
			.run(all.stream().map((property) -> "--" + property).toArray(String[]::new));
		this.instances.add(context);
		return URI.create("http://localhost:" + context.getWebServer().getPort());
	}

	private static void post(URI uri, String json) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(uri)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json))
			.build();
		HttpResponse<Void> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
		assertThat(response.statusCode()).isEqualTo(200);
	}

	/** No controller; something else authenticates. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class EndpointHost {

		@Bean
		Filter authentication() {
			return (request, response, chain) -> chain
				.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request) {

					@Override
					public Principal getUserPrincipal() {
						String user = getHeader("X-User");
						return (user != null) ? () -> user : null;
					}

				}, response);
		}

	}

}
