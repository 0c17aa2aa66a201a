package io.github.sseredis.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

import io.github.sseredis.autoconfigure.SseProperties;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** The properties that Spring Boot and its starters on the class path know. */
final class KnownProperties {

	/** Names, and whether they are maps: then names that go on are known too. */
	private final Map<String, Boolean> names = new TreeMap<>();

	KnownProperties() {
		try {
			for (URL url : Collections
				.list(getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream metadata = url.openStream()) {
					for (JsonNode property : new JsonMapper().readTree(metadata).get("properties")) {
						this.names.put(property.get("name").asString(),
								property.path("type").asString("").startsWith("java.util.Map"));
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean contains(String name) {
		String plain = name.replaceAll("\\[\\d+]", "");
		// Spring Boot reads these for any indicator.
		if (plain.matches("management\\.health\\.[a-z]+\\.enabled")) {
			return true;
		}
		return this.names.containsKey(plain) || this.names.entrySet()
			.stream()
			.anyMatch((known) -> known.getValue() && plain.startsWith(known.getKey() + "."));
	}

	/** What is wrong with a block of properties. */
	List<String> problems(Map<String, String> properties) {
		List<String> unknown = properties.keySet().stream().filter((name) -> !contains(name)).toList();
		if (!unknown.isEmpty()) {
			return unknown;
		}
		Map<String, String> ours = new TreeMap<>(properties);
		ours.keySet().removeIf((name) -> !name.startsWith("sse.") || name.startsWith("sse.actuator."));
		bind(ours);
		return List.of();
	}

	/** Binds properties as the library does. */
	static SseProperties bind(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("sse",
				Bindable.of(SseProperties.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
	}

	static Map<String, String> yaml(String text) {
		YamlPropertiesFactoryBean factory = new YamlPropertiesFactoryBean();
		factory.setResources(new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)));
		return strings(Objects.requireNonNull(factory.getObject()));
	}

	static Map<String, String> properties(String text) {
		Properties properties = new Properties();
		try {
			properties.load(new StringReader(text));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return strings(properties);
	}

	private static Map<String, String> strings(Properties properties) {
		Map<String, String> strings = new TreeMap<>();
		properties.forEach((key, value) -> strings.put(key.toString(), value.toString()));
		return strings;
	}

}
