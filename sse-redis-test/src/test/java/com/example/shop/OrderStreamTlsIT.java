package com.example.shop;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.example.shop.Orders.Order;
import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SubscribeRequest;
import io.github.sseredis.test.AutoConfigureSseTest;
import io.github.sseredis.test.SseClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Streams over https, with a certificate that only the test trusts. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.ssl.bundle=shop", "spring.ssl.bundle.jks.shop.keystore.password=changeit" })
@AutoConfigureSseTest
@Timeout(120)
class OrderStreamTlsIT {

	@TempDir
	static Path directory;

	@Autowired
	private Orders orders;

	@Autowired
	private Broadcaster broadcaster;

	@Autowired
	private SslBundles bundles;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void certificate(DynamicPropertyRegistry properties) {
		properties.add("spring.ssl.bundle.jks.shop.keystore.location", () -> file("shop.p12").toUri().toString());
		properties.add("spring.ssl.bundle.pem.customer.truststore.certificate",
				() -> file("shop.crt").toUri().toString());
	}

	@BeforeAll
	static void makeCertificate() throws Exception {
		keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
		keytool("-exportcert", "-rfc", "-file", file("shop.crt").toString());
	}

	private static void keytool(String... arguments) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), arguments[0], "-alias",
						"shop", "-storepass", "changeit", "-keystore", file("shop.p12").toString()));
		command.addAll(List.of(arguments).subList(1, arguments.length));
		assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
	}

	private static Path file(String name) {
		return directory.resolve(name);
	}

	@Test
	void customerSeesTheirOrdersAndMissesNoneWhenTheConnectionBreaks() {
		try (SseClient kim = to("localhost", "/stream").open().awaitOpen()) {
			this.orders.place("kim", "rice");
			assertThat(kim).receives("order");
			kim.breakConnection();
			this.orders.place("kim", "tea");
			kim.resume();
			assertThat(kim).receives("order", Order.class, (order) -> assertThat(order.item()).isEqualTo("tea"));
		}
	}

	@Test
	void endOfAStreamIsTold() {
		try (SseClient kim = to("localhost", "/short-stream").open()) {
			assertThat(kim).ends();
			this.broadcaster.broadcast("customer:kim", "after the end").join();
			assertThat(kim.resume()).receivesData("after the end");
		}
	}

	@Test
	void saysWhyTheCertificateIsNotAccepted() {
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> SseClient.open("https://localhost:" + this.port + "/stream?customer=kim"))
			.withMessageContainingAll("https://localhost", "unable to find valid certification path", "sslContext");
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> to("127.0.0.1", "/stream").open())
			.withMessageContaining("No subject alternative names matching IP address 127.0.0.1 found");
	}

	@Test
	void saysThatHttpsIsExpected() {
		try (SseClient kim = SseClient.open("http://localhost:" + this.port + "/stream?customer=kim")) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(kim::awaitOpen)
				.withMessageContainingAll("refused (status 400", "requires TLS");
		}
	}

	private SseClient.Builder to(String host, String path) {
		return SseClient.to("https://" + host + ":" + this.port + path + "?customer=kim")
			.deadline(Duration.ofSeconds(60))
			.sslContext(this.bundles.getBundle("customer").createSslContext());
	}

	/** Has streams that soon end. */
	@TestConfiguration(proxyBeanMethods = false)
	@RestController
	static class ShortStreams {

		@Autowired
		private EmitterRegistry emitterRegistry;

		@GetMapping("/short-stream")
		SseEmitter stream(@RequestParam String customer) {
			return this.emitterRegistry.subscribe(
					SubscribeRequest.builder().topics("customer:" + customer).timeout(Duration.ofMillis(500)).build());
		}

	}

}
