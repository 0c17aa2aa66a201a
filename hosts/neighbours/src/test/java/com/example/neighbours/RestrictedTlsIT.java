package com.example.neighbours;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.EventId;
import io.github.sseredis.test.Ports;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisOptions;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.SseClient;
import io.github.sseredis.test.TestCertificate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Redis that is reached with TLS only, by a user who may do no more than the documents
 * say.
 */
class RestrictedTlsIT {

	private static final Pattern RULES = Pattern.compile("(?s)\nuser sse on >password (.+?)\n```");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final String prefix = RedisExtension.newPrefix();

	@Test
	void publishesReceivesAndReadsHistory(@TempDir Path directory) throws Exception {
		TestCertificate certificate = TestCertificate.create(directory);
		int port = Ports.free();
		try (RedisServer redis = start(certificate, port)) {
			List<String> ids = new ArrayList<>();
			try (ConfigurableApplicationContext first = application(certificate, port);
					SseClient kitchen = kitchen(first).open().awaitOpen()) {
				ids.add(publish(first, "1"));
				ids.add(publish(first, "2"));
				assertThat(kitchen).receivesData("1", "2");
				first.getBean(EmitterRegistry.class).disconnect("kim").get();
			}
			try (ConfigurableApplicationContext second = application(certificate, port);
					SseClient kitchen = kitchen(second).lastEventId(ids.get(0)).open()) {
				ids.add(publish(second, "3"));
				assertThat(kitchen).receivesData("2", "3");
			}
			assertThat(ids).doesNotHaveDuplicates();
			assertThat(redis.command("XLEN", this.prefix + "{0}:log:kitchen")).hasToString("3");
			assertThat(redis.command("ACL", "LOG")).asString().doesNotContain("sse");
		}
	}

	private static SseClient.Builder kitchen(ConfigurableApplicationContext context) {
		int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
		return SseClient.to("http://localhost:" + port + "/kitchen").deadline(PATIENCE);
	}

	private static String publish(ConfigurableApplicationContext context, String data) throws Exception {
		return context.getBean(Broadcaster.class).broadcast("kitchen", data).get().toString();
	}

	private RedisServer start(TestCertificate certificate, int port) throws Exception {
		try {
			return RedisServer.start(RedisOptions.create()
				.acl("user default on nopass ~* resetchannels &* +@all", "user sse on >password " + rules())
				.arguments("--tls-port", String.valueOf(port), "--tls-cert-file", certificate.certificate().toString(),
						"--tls-key-file", certificate.key().toString(), "--tls-auth-clients", "no"));
		}
		catch (IllegalStateException ex) {
			if (String.valueOf(ex.getMessage()).contains("tls-port")) {
				throw new TestAbortedException("The redis-server on this machine has no TLS: " + ex.getMessage());
			}
			throw ex;
		}
	}

	private String rules() throws Exception {
		Matcher matcher = RULES.matcher(Files.readString(Path.of("..", "..", "docs", "delivery.md")));
		assertThat(matcher.find()).isTrue();
		return matcher.group(1).replaceAll("\\s+", " ").replace("sse:shop:", this.prefix);
	}

	private ConfigurableApplicationContext application(TestCertificate certificate, int port) {
		ConfigurableApplicationContext context = SpringApplication.run(NeighboursApplication.class, "--server.port=0",
				"--spring.data.redis.host=localhost", "--spring.data.redis.port=" + port,
				"--spring.data.redis.username=sse", "--spring.data.redis.password=password",
				"--spring.data.redis.ssl.bundle=redis",
				"--spring.ssl.bundle.pem.redis.truststore.certificate=" + certificate.certificate().toUri(),
				"--sse.channel-prefix=" + this.prefix,
				"--spring.modulith.events.jdbc.schema-initialization.enabled=true", "--spring.autoconfigure.exclude="
						+ "org.springframework.boot.session.data.redis.autoconfigure.SessionDataRedisAutoConfiguration");
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> !context.getBean(Broadcaster.class).lastEventId().equals(EventId.NONE));
		return context;
	}

}
