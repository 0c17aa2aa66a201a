package io.github.sseredis.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The host's connection factory that was chosen. A type of its own, because a second bean
 * of the factory's would disturb whoever injects that.
 *
 * @param factory the factory
 */
record SseRedisConnection(RedisConnectionFactory factory) {

	/**
	 * Chooses the factory with the mark, else the only or primary one.
	 * @throws RedisChoiceException if that is none, or not one
	 */
	static SseRedisConnection choose(ObjectProvider<RedisConnectionFactory> marked,
			ObjectProvider<RedisConnectionFactory> all) {
		RedisConnectionFactory factory = only(marked, "are marked with @SseRedis",
				"Mark only one of them with @SseRedis.");
		if (factory == null) {
			factory = only(all, "are candidates for Server-Sent Events",
					"Mark the one to use with @SseRedis, or make it the @Primary one.");
		}
		if (factory == null) {
			throw new RedisChoiceException("No bean of type RedisConnectionFactory is a default candidate.",
					"Mark the one to use with @SseRedis.");
		}
		return new SseRedisConnection(factory);
	}

	private static @Nullable RedisConnectionFactory only(ObjectProvider<RedisConnectionFactory> candidates,
			String problem, String remedy) {
		try {
			return candidates.getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new RedisChoiceException(ex.getNumberOfBeansFound() + " beans of type RedisConnectionFactory "
					+ problem + ": " + ex.getBeanNamesFound(), remedy);
		}
	}

}
