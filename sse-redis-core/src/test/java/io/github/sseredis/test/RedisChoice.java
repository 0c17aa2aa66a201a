package io.github.sseredis.test;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Decides where tests get Redis: a given address, else a container, else
 * {@code redis-server} on the PATH, else the embedded binary.
 *
 * @param address the given address, host:port
 * @param docker whether a Docker engine answers
 * @param onPath whether {@code redis-server} is on the PATH
 * @param embedded whether there is an embedded binary for this system
 */
record RedisChoice(Supplier<@Nullable String> address, BooleanSupplier docker, BooleanSupplier onPath,
		BooleanSupplier embedded) {

	/** The system property that names a running Redis, host:port. */
	static final String ADDRESS_PROPERTY = "sse.test.redis";

	enum Source {

		ADDRESS, CONTAINER, PATH, EMBEDDED

	}

	static RedisChoice ofThisMachine() {
		if (System.getProperty(RedisBinary.LINE_PROPERTY) != null) {
			return new RedisChoice(() -> null, () -> false, () -> RedisBinary.of(null).isPresent(), () -> false);
		}
		return new RedisChoice(() -> System.getProperty(ADDRESS_PROPERTY), DockerProbe.ofThisMachine()::answers,
				() -> RedisBinary.onPath().isPresent(), () -> RedisBinary.embedded().isPresent());
	}

	/**
	 * The best source. Each probe is asked only if it matters.
	 * @param failed sources that were chosen before and did not start
	 * @return a given address whenever there is one, because tests that were told to use
	 * it must not silently use another; else the first that is there
	 */
	Source choose(Set<Source> failed) {
		String given = this.address.get();
		if (given != null && !given.isBlank()) {
			return Source.ADDRESS;
		}
		if (!failed.contains(Source.CONTAINER) && this.docker.getAsBoolean()) {
			return Source.CONTAINER;
		}
		if (!failed.contains(Source.PATH) && this.onPath.getAsBoolean()) {
			return Source.PATH;
		}
		if (!failed.contains(Source.EMBEDDED) && this.embedded.getAsBoolean()) {
			return Source.EMBEDDED;
		}
		throw new IllegalStateException("No Redis for the tests: set -D" + ADDRESS_PROPERTY
				+ "=host:port, start Docker, or install redis-server");
	}

	Source choose() {
		return choose(Set.of());
	}

}
