package io.github.sseredis.docs;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.convert.DurationStyle;

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

	private static long number(String key) {
		return Long.parseLong(Objects.requireNonNull(POD.get(key), key));
	}

}
