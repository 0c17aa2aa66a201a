package io.github.sseredis.test;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

import io.github.sseredis.test.RedisChoice.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the one Redis that the tests of this JVM share.
 */
final class SharedRedis {

	private static final Logger logger = LoggerFactory.getLogger(SharedRedis.class);

	private static @Nullable RedisServer server;

	private SharedRedis() {
	}

	static synchronized RedisServer get() {
		if (server == null) {
			RedisChoice choice = RedisChoice.ofThisMachine();
			server = start(choice, (source) -> start(source, choice));
			logger.info("Tests share {}", server);
		}
		return server;
	}

	/**
	 * Starts the best source that does start.
	 * @param choice what there is
	 * @param starter starts a source
	 * @return the server
	 */
	static RedisServer start(RedisChoice choice, Function<Source, RedisServer> starter) {
		Set<Source> failed = EnumSet.noneOf(Source.class);
		while (true) {
			Source source = choice.choose(failed);
			try {
				return starter.apply(source);
			}
			catch (RuntimeException | LinkageError ex) {
				if (source == Source.ADDRESS) {
					throw ex;
				}
				// For example a Docker engine that has no image and no network.
				logger.warn("No Redis from {}, trying the next: {}", source, ex.toString());
				failed.add(source);
			}
		}
	}

	static RedisServer start(Source source, RedisChoice choice) {
		return switch (source) {
			case ADDRESS -> at(String.valueOf(choice.address().get()));
			case CONTAINER -> RedisContainer.start();
			case PATH -> RedisServer.start(RedisOptions.create());
			case EMBEDDED -> RedisServer.start(RedisBinary.embedded().orElseThrow(), RedisOptions.create());
		};
	}

	private static RedisServer at(String address) {
		int colon = address.lastIndexOf(':');
		if (colon < 1) {
			throw new IllegalArgumentException(RedisChoice.ADDRESS_PROPERTY + " is not host:port: " + address);
		}
		return RedisServer.at(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
	}

}
