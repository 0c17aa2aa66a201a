package com.example.shop;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.example.shop.Orders.Order;
import io.github.sseredis.Broadcaster;
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
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Streams over https, with a certificate that only the test trusts. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.ssl.bundle=shop", "spring.ssl.bundle.jks.shop.keystore.password=changeit",
				"sse.timeout=1s" })
@AutoConfigureSseTest
@Timeout(60)
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
		try (SseClient kim = to("localhost").open().awaitOpen()) {
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
		try (SseClient kim = to("localhost").open().awaitOpen()) {
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
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> to("127.0.0.1").open())
			.withMessageContaining("No subject alternative names matching IP address 127.0.0.1 found");
	}

	@Test
	void saysThatHttpsIsExpected() {
		try (SseClient kim = SseClient.open("http://localhost:" + this.port + "/stream?customer=kim")) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(kim::awaitOpen)
				.withMessageContainingAll("refused (status 400", "requires TLS");
		}
	}

	private SseClient.Builder to(String host) {
		return SseClient.to("https://" + host + ":" + this.port + "/stream?customer=kim")
			.deadline(Duration.ofSeconds(20))
			.sslContext(this.bundles.getBundle("customer").createSslContext());
	}

}
