package com.example.host;

import java.net.URI;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SubscribeRequest;
import io.github.sseredis.test.RawSseClient;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What open-in-view costs, and that it costs nothing once a stream is over. */
class OpenInViewIT {

	private static final String EXCLUDED = "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
			+ "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
			+ "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration,";

	private static final String TOMCAT = "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration";

	private static final String JETTY = "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration";

	@ParameterizedTest
	@ValueSource(strings = { TOMCAT, JETTY })
	void connectionToTheDatabaseIsGivenBackHoweverAStreamEnds(String otherServer) throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Host.class).run("--server.port=0",
				"--spring.main.banner-mode=off", "--sse.broadcaster=local",
				"--spring.autoconfigure.exclude=" + EXCLUDED + otherServer,
				"--spring.datasource.generate-unique-name=true", "--spring.jpa.hibernate.ddl-auto=none")) {
			URI stream = URI.create(
					"http://localhost:" + ((WebServerApplicationContext) context).getWebServer().getPort() + "/stream");
			EmitterRegistry registry = context.getBean(EmitterRegistry.class);
			Broadcaster broadcaster = context.getBean(Broadcaster.class);
			HikariDataSource dataSource = context.getBean(HikariDataSource.class);
			try (RawSseClient disconnected = open(stream)) {
				RawSseClient leaving = open(stream);
				RawSseClient closed = open(stream);
				// What the warning at the start is about.
				assertThat(dataSource.getHikariPoolMXBean().getActiveConnections()).isEqualTo(3);
				leaving.reset();
				closed.close();
				await().atMost(Duration.ofSeconds(20)).until(() -> {
					broadcaster.broadcast("a", "is anybody there?").join();
					return registry.connectionCount() == 1;
				});
				await().atMost(Duration.ofSeconds(20))
					.until(() -> dataSource.getHikariPoolMXBean().getActiveConnections() == 1);
				registry.disconnect("anybody").join();
				disconnected.awaitEnd(Duration.ofSeconds(20));
			}
			await().atMost(Duration.ofSeconds(20))
				.until(() -> dataSource.getHikariPoolMXBean().getActiveConnections() == 0);
		}
	}

	private static RawSseClient open(URI stream) {
		RawSseClient client = RawSseClient.open(stream);
		client.awaitBlocks(1);
		return client;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Host {

	}

	/** Asks the database before it opens a stream. */
	@RestController
	static class Streams {

		private final EmitterRegistry registry;

		private final EntityManager entityManager;

		Streams(EmitterRegistry registry, EntityManager entityManager) {
			this.registry = registry;
			this.entityManager = entityManager;
		}

		@GetMapping("/stream")
		SseEmitter stream() {
			Object topic = this.entityManager.createNativeQuery("select 'a'").getSingleResult();
			return this.registry
				.subscribe(SubscribeRequest.builder().topics(topic.toString()).principal("anybody").build());
		}

	}

}
