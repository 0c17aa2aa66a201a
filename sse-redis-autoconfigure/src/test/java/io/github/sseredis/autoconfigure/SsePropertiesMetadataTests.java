package io.github.sseredis.autoconfigure;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What editors and the documentation know of the properties. */
class SsePropertiesMetadataTests {

	private static final Map<String, String> KEYS = Map.ofEntries(Map.entry("sse.enabled", "true"),
			Map.entry("sse.timeout", "30m"), Map.entry("sse.reconnect-time", "3s"),
			Map.entry("sse.heartbeat-interval", "15s"), Map.entry("sse.write-timeout", "10s"),
			Map.entry("sse.connect-event", ""), Map.entry("sse.reset-event", "reset"),
			Map.entry("sse.broadcaster", "auto"), Map.entry("sse.channel-prefix", ""),
			Map.entry("sse.log.memory", "32MB"), Map.entry("sse.history.per-topic", "1000"),
			Map.entry("sse.history.per-partition", "10000"), Map.entry("sse.history.ttl", "1h"),
			Map.entry("sse.publish.buffer", "16MB"), Map.entry("sse.publish.timeout", "30s"),
			Map.entry("sse.publish.idempotency-ttl", "10m"), Map.entry("sse.limits.connections", "8000"),
			Map.entry("sse.limits.per-principal", "20"), Map.entry("sse.limits.per-address", "0"),
			Map.entry("sse.limits.per-principal-policy", "refuse-new"), Map.entry("sse.ticket.ttl", "30s"),
			Map.entry("sse.ticket.path", ""), Map.entry("sse.limits.topics-per-connection", "32"),
			Map.entry("sse.limits.payload", "256KB"), Map.entry("sse.redis.partitions", "1"),
			Map.entry("sse.endpoint.path", ""), Map.entry("sse.client.enabled", "false"),
			Map.entry("sse.shutdown.drain", "0s"), Map.entry("sse.tomcat.small-buffers", "false"),
			Map.entry("sse.actuator.show-details", "when-authorized"), Map.entry("sse.actuator.roles", ""),
			Map.entry("management.endpoint.sse.access", "unrestricted"));

	private final Collection<JsonNode> properties = read().get("properties").values();

	@Test
	void keysAndDefaultsAreThoseOfTheDesign() {
		Map<String, String> found = new TreeMap<>();
		this.properties.forEach(
				(property) -> found.put(property.get("name").asString(), property.path("defaultValue").asString("")));
		assertThat(found).containsExactlyInAnyOrderEntriesOf(KEYS);
	}

	@Test
	void everyPropertyHasATypeAndADescriptionInTheHouseStyle() {
		assertThat(this.properties).allSatisfy((property) -> {
			assertThat(property.path("type").asString("")).isNotEmpty();
			String description = property.path("description").asString("");
			assertThat(description).endsWith(".").doesNotStartWith("The ").doesNotStartWith("A ").doesNotContain("\n");
			if (property.get("type").asString().equals(Boolean.class.getName())) {
				assertThat(description).startsWith("Whether ");
			}
		});
	}

	// Other jars have a file of this name too: ours lies where the classes are.
	private static JsonNode read() {
		URI classes = URI.create(SseProperties.class.getProtectionDomain().getCodeSource().getLocation().toString());
		return new JsonMapper()
			.readTree(Path.of(classes).resolve("META-INF/spring-configuration-metadata.json").toFile());
	}

}
