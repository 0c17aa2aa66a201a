package io.github.sseredis.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether the files of the containers, which no test can run, fit together. */
class ContainersTests {

	private static final Path ROOT = Path.of("..");

	private final Map<String, Object> compose = new Yaml().load(read("compose.yaml"));

	private final String dockerfile = read("sample-app/Dockerfile");

	@Test
	void nginxHasTheConfigurationThatTestsRunAndKnowsTheInstances() {
		List<String> volumes = JsonPath.read(this.compose, "$.services.nginx.volumes");
		String[] mount = volumes.get(0).split(":");
		assertThat(mount[0]).isEqualTo("./sse-redis-core/src/test/resources/nginx/app.conf");
		assertThat(mount[1]).isEqualTo("/etc/nginx/conf.d/default.conf");
		List<String> instances = matches(read(mount[0]), "server ([\\w-]+):8080");
		assertThat(instances).containsExactly("app-1", "app-2");
		assertThat(this.dockerfile).contains("EXPOSE 8080");
		for (String instance : instances) {
			assertThat(JsonPath.<String>read(this.compose, "$.services." + instance + ".build"))
				.isEqualTo("sample-app");
			assertThat(JsonPath.<String>read(this.compose, "$.services.nginx.depends_on." + instance + ".condition"))
				.isEqualTo("service_healthy");
		}
	}

	@Test
	void instancesAreToldOfTheDatabaseByTheNamesThatTheyReadFrom() {
		Map<String, String> environment = JsonPath.read(this.compose, "$.services.app-1.environment");
		Map<String, String> postgres = JsonPath.read(this.compose, "$.services.postgres.environment");
		assertThat(environment).containsEntry("SPRING_PROFILES_ACTIVE", "postgres")
			.containsEntry("SPRING_DATA_REDIS_HOST", "redis")
			.containsEntry("POSTGRES_HOST", "postgres");
		String properties = read("sample-app/src/main/resources/application-postgres.yaml");
		assertThat(matches(properties, "\\$\\{(POSTGRES_HOST):")).hasSize(1);
		for (String name : List.of("POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD")) {
			assertThat(matches(properties, "\\$\\{" + name + ":(\\w+)}")).containsExactly(postgres.get(name));
		}
	}

	@Test
	void imageHasTheJarOfThisVersionAndDoesNotRunAsRoot() {
		String version = matches(read("sample-app/pom.xml"), "<version>([^<]+)</version>").get(0);
		assertThat(matches(this.dockerfile, "COPY target/(\\S+)")).containsExactly("sample-app-" + version + ".jar");
		assertThat(matches(this.dockerfile, "(?m)^FROM (\\S+)")).containsOnly("eclipse-temurin:25-jre");
		assertThat(matches(this.dockerfile, "(?m)^USER (\\d+)")).singleElement().isNotEqualTo("0");
		assertThat(this.dockerfile.indexOf("USER")).isLessThan(this.dockerfile.indexOf("ENTRYPOINT"));
	}

	private static List<String> matches(String text, String pattern) {
		return Pattern.compile(pattern).matcher(text).results().map((MatchResult result) -> result.group(1)).toList();
	}

	private static String read(String file) {
		try {
			return Files.readString(ROOT.resolve(file));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
