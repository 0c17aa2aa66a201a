package io.github.sseredis.docs;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** That the pod of docs/deployment.md fits the application. */
class DeploymentPageIT {

	private static final Map<String, String> POD = KnownProperties.yaml(Page.of("docs/deployment.md")
		.blocks()
		.stream()
		.filter((block) -> block.language().equals("yaml"))
		.findFirst()
		.orElseThrow()
		.text());

	@TempDir
	Path directory;

	@Test
	void probesAreAnsweredAndTheGracePeriodCoversTheShutdown() {
		String container = "spec.containers[0].";
		DocumentedProject project = DocumentedProject.build(Page.of("docs/getting-started.md"), "", Map.of(),
				this.directory);
		try (Host host = Host.of(project, "com.example.shop.ShopApplication")
			.withoutDatabase()
			.withoutSecurity()
			.with("sse.broadcaster=local")
			.start()) {
			for (String probe : new String[] { "readinessProbe", "livenessProbe" }) {
				String path = Objects.requireNonNull(POD.get(container + probe + ".httpGet.path"));
				assertThat(host.send(HttpRequest.newBuilder(host.address().resolve(path))).statusCode()).as(probe)
					.isEqualTo(200);
			}
			Duration phase = DurationStyle.detectAndParse(
					host.context().getEnvironment().getProperty("spring.lifecycle.timeout-per-shutdown-phase", "30s"));
			assertThat(number("spec.terminationGracePeriodSeconds"))
				.isGreaterThanOrEqualTo(number(container + "lifecycle.preStop.sleep.seconds") + phase.toSeconds());
		}
	}

	@Test
	void redirectsBehindAProxyKeepItsPortOnlyWhereTheyAreRelative() {
		assertThat(redirect("server.forward-headers-strategy=native")).isEqualTo("http://localhost/login");
		assertThat(redirect("server.forward-headers-strategy=native", "server.tomcat.use-relative-redirects=true"))
			.isEqualTo("/login");
	}

	/** Where a request through a proxy on another port than 80 is sent. */
	private static String redirect(String... properties) {
		try (Host host = Host.of(Redirecting.class)
			.withoutDatabase()
			.withoutSecurity()
			.with("sse.broadcaster=local")
			.with(properties)
			.start()) {
			return host
				.send(HttpRequest.newBuilder(host.address().resolve("/page")).header("X-Forwarded-Proto", "http"))
				.headers()
				.firstValue("Location")
				.orElseThrow();
		}
	}

	private static long number(String key) {
		return Long.parseLong(Objects.requireNonNull(POD.get(key), key));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Redirecting {

		@GetMapping("/page")
		void page(HttpServletResponse response) throws IOException {
			response.sendRedirect("/login");
		}

	}

}
