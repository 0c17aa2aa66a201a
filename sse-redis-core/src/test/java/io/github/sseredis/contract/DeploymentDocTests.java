package io.github.sseredis.contract;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the documentation shows is what {@link NginxIT} uses. */
class DeploymentDocTests {

	@ParameterizedTest
	@ValueSource(strings = { "app.conf", "tls.conf" })
	void documentationShowsTheConfigurationThatIsTested(String file) throws Exception {
		try (InputStream tested = DeploymentDocTests.class.getResourceAsStream("/nginx/" + file)) {
			assertThat(tested).isNotNull();
			assertThat(Files.readString(Path.of("..", "docs", "deployment.md")))
				.contains("```nginx\n" + new String(tested.readAllBytes(), StandardCharsets.UTF_8) + "```\n");
		}
	}

}
