package io.github.sseredis.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SubscribeRequest;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.web.DefaultEmitterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** An application with an actuator, as whoever operates it sees it: over HTTP. */
record ObservedHost(ConfigurableApplicationContext context, URI address) implements AutoCloseable {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	static ObservedHost local(String... properties) {
		return start(properties, "sse.broadcaster=local");
	}

	static ObservedHost redis(String host, int port, String prefix, String... properties) {
		return start(properties, "spring.data.redis.host=" + host, "spring.data.redis.port=" + port,
				"sse.channel-prefix=" + prefix);
	}

	private static ObservedHost start(String[] properties, String... more) {
		List<String> all = new ArrayList<>(List.of("server.port=0", "spring.main.banner-mode=off",
				"management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always",
				"management.health.redis.enabled=false", "management.endpoint.health.probes.enabled=true"));
		all.addAll(Arrays.asList(more));
		// Given twice, the last counts.
		Map<String, String> byKey = new LinkedHashMap<>();
		Stream.concat(all.stream(), Arrays.stream(properties))
			.forEach((property) -> byKey.put(property.substring(0, property.indexOf('=')), property));
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.run(byKey.values().stream().map((property) -> "--" + property).toArray(String[]::new));
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		return new ObservedHost(context, URI.create("http://localhost:" + port));
	}

	Broadcaster broadcaster() {
		return this.context.getBean(Broadcaster.class);
	}

	DefaultEmitterRegistry registry() {
		return this.context.getBean(DefaultEmitterRegistry.class);
	}

	URI stream(String topic) {
		return this.address.resolve("/stream?topic=" + topic);
	}

	RawSseClient open(String topic, String... headers) {
		RawSseClient client = RawSseClient.open(stream(topic), headers);
		client.awaitBlocks(1);
		return client;
	}

	HttpResponse<String> get(String path, String... headers) {
		return send(HttpRequest.newBuilder(this.address.resolve(path)), headers);
	}

	HttpResponse<String> post(String path, String... headers) {
		return send(HttpRequest.newBuilder(this.address.resolve(path)).POST(HttpRequest.BodyPublishers.noBody()),
				headers);
	}

	HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
		try {
			HttpRequest.Builder complete = request.timeout(Duration.ofSeconds(30));
			return HTTP.send((headers.length > 0 ? complete.headers(headers) : complete).build(),
					BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Reads a meter.
	 * @param name its name for Prometheus
	 * @param tags parts of what stands in braces
	 * @return the sum of all that have these tags
	 */
	double meter(String name, String... tags) {
		String[] lines = get("/actuator/prometheus").body().split("\n");
		double[] values = Arrays.stream(lines)
			.filter((line) -> line.startsWith(name + "{") || line.startsWith(name + " "))
			.filter((line) -> Arrays.stream(tags).allMatch(line::contains))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.toArray();
		if (values.length == 0) {
			throw new AssertionError("No meter " + name + Arrays.toString(tags));
		}
		return Arrays.stream(values).sum();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** The host; whoever sends {@code X-User} is that user. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = { "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
					"org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
					"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
					"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
					"org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
					"org.springframework.boot.security.autoconfigure.actuate.web.servlet."
							+ "ManagementWebSecurityAutoConfiguration" })
	@Import({ StreamController.class, PublishController.class, MistakenController.class })
	static class Application {

		// For whom a response is only text, and streams have too much of it.
		@Bean
		Filter impatience() {
			return (request, response, chain) -> chain.doFilter(request, (request.getParameter("impatient") != null)
					? new ImpatientResponse((HttpServletResponse) response) : response);
		}

		@Bean
		Filter authentication() {
			return (request, response, chain) -> chain
				.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request) {

					@Override
					public Principal getUserPrincipal() {
						String user = getHeader("X-User");
						return (user != null) ? () -> user : null;
					}

					@Override
					public boolean isUserInRole(String role) {
						return role.equals(getHeader("X-Role"));
					}

				}, response);
		}

	}

	/** Fails in the middle of a stream, and not because of its client. */
	private static final class ImpatientResponse extends HttpServletResponseWrapper {

		ImpatientResponse(HttpServletResponse response) {
			super(response);
		}

		@Override
		public ServletOutputStream getOutputStream() throws IOException {
			ServletOutputStream out = super.getOutputStream();
			return new ServletOutputStream() {

				@Override
				public void write(int b) throws IOException {
					out.write(b);
				}

				@Override
				public void write(byte[] bytes, int offset, int length) throws IOException {
					if (new String(bytes, offset, length, StandardCharsets.UTF_8).contains("too much")) {
						throw new IllegalStateException("A filter has had enough");
					}
					out.write(bytes, offset, length);
				}

				@Override
				public void flush() throws IOException {
					out.flush();
				}

				@Override
				public boolean isReady() {
					return out.isReady();
				}

				@Override
				public void setWriteListener(WriteListener listener) {
					out.setWriteListener(listener);
				}

			};
		}

	}

	/** Opens streams and thinks better of it. */
	@RestController
	static class MistakenController {

		private final EmitterRegistry emitterRegistry;

		MistakenController(EmitterRegistry emitterRegistry) {
			this.emitterRegistry = emitterRegistry;
		}

		@GetMapping("/completes")
		SseEmitter complete() {
			SseEmitter emitter = this.emitterRegistry.subscribe("a");
			emitter.complete();
			return emitter;
		}

		@GetMapping("/throws")
		SseEmitter fail() {
			this.emitterRegistry.subscribe("a");
			throw new IllegalStateException("after subscribe");
		}

		@GetMapping("/expired")
		SseEmitter expire() {
			return this.emitterRegistry
				.subscribe(SubscribeRequest.builder().topics("a").expiresAt(Instant.now()).build());
		}

	}

	/** Publishes what is posted. */
	@RestController
	static class PublishController {

		private final Broadcaster broadcaster;

		PublishController(Broadcaster broadcaster) {
			this.broadcaster = broadcaster;
		}

		@PostMapping("/publish")
		void publish(@RequestParam String topic, @RequestBody String data) {
			this.broadcaster.broadcast(topic, data).join();
		}

	}

}
