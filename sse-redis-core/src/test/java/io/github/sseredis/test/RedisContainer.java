package io.github.sseredis.test;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Starts Redis in a container. A class of its own, so that Testcontainers is loaded only
 * where a Docker engine answers.
 */
final class RedisContainer {

	private static final DockerImageName IMAGE = DockerImageName.parse("redis:7-alpine");

	private static final int PORT = 6379;

	private RedisContainer() {
	}

	@SuppressWarnings("resource") // Testcontainers removes it when this JVM has ended.
	static RedisServer start() {
		GenericContainer<?> container = new GenericContainer<>(IMAGE).withExposedPorts(PORT)
			.withCommand("redis-server", "--save", "", "--appendonly", "no");
		container.start();
		return RedisServer.at(container.getHost(), container.getMappedPort(PORT));
	}

}
