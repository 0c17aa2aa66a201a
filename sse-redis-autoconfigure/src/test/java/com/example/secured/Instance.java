package com.example.secured;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** A running host with Spring Security. */
final class Instance implements AutoCloseable {

	/** Makes Jetty the server of an instance. */
	static final String ON_JETTY = "test.server=jetty";

	/** What else is on the class path of the tests; nothing of Spring Security. */
	private static final String WITHOUT = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
			+ "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration,"
			+ "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,";

	private static final String TOMCAT = "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration";

	private static final String JETTY = "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration";

	private static final HttpClient http = HttpClient.newHttpClient();

	private final ServletWebServerApplicationContext context;

	private Instance(ServletWebServerApplicationContext context) {
		this.context = context;
	}

	static Instance start(Class<?> host, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(List.of("server.port=0", "spring.main.banner-mode=off",
				"spring.autoconfigure.exclude=" + WITHOUT + (all.contains(ON_JETTY) ? TOMCAT : JETTY)));
		if (all.stream().noneMatch((property) -> property.startsWith("spring.data.redis."))) {
			all.add("sse.broadcaster=local");
		}
		return new Instance((ServletWebServerApplicationContext) new SpringApplicationBuilder(host)
			.run(all.stream().map((property) -> "--" + property).toArray(String[]::new)));
	}

	URI uri(String path) {
		return URI.create("http://localhost:" + this.context.getWebServer().getPort() + path);
	}

	Broadcaster broadcaster() {
		return this.context.getBean(Broadcaster.class);
	}

	EmitterRegistry registry() {
		return this.context.getBean(EmitterRegistry.class);
	}

	ServletWebServerApplicationContext context() {
		return this.context;
	}

	/** Logs in and returns the cookie of the session. */
	String login(String user) throws IOException, InterruptedException {
		return login("username=" + user + "&password=pw", "JSESSIONID", "SESSION");
	}

	/** Logs in for longer than a session and returns the cookie of that. */
	String remember(String user) throws IOException, InterruptedException {
		return login("username=" + user + "&password=pw&remember-me=on", "remember-me");
	}

	private String login(String form, String... cookies) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(uri("/login"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form))
			.build();
		HttpResponse<Void> response = http.send(request, HttpResponse.BodyHandlers.discarding());
		return response.headers()
			.allValues("Set-Cookie")
			.stream()
			.map((cookie) -> cookie.split(";")[0])
			.filter((cookie) -> Arrays.stream(cookies).anyMatch((name) -> cookie.startsWith(name + "=")))
			.findFirst()
			.orElseThrow();
	}

	HttpResponse<String> get(String path, String... headers) {
		return send(HttpRequest.newBuilder(uri(path)), headers);
	}

	HttpResponse<String> post(String path, String... headers) {
		return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody()), headers);
	}

	private static HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
		try {
			return http.send(((headers.length > 0) ? request.headers(headers) : request).build(),
					HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
