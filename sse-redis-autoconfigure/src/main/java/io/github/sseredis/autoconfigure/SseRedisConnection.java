package io.github.sseredis.autoconfigure;

import io.github.sseredis.redis.OwnLettuceConnectionFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * The host's connection factory that was chosen, and the connections that are used: our
 * own if it is of Lettuce, else the host's. A type of its own, because a second bean of
 * the factory's would disturb whoever injects that.
 *
 * @param factory the host's factory
 * @param used the one whose connections are used
 */
record SseRedisConnection(RedisConnectionFactory factory, RedisConnectionFactory used) implements DisposableBean {

	private static final boolean LETTUCE = ClassUtils.isPresent("io.lettuce.core.RedisClient",
			SseRedisConnection.class.getClassLoader());

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
		return new SseRedisConnection(factory, LETTUCE ? OwnLettuceConnectionFactory.like(factory) : factory);
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

	@Override
	public void destroy() {
		if (LETTUCE && this.used instanceof OwnLettuceConnectionFactory own) {
			own.destroy();
		}
	}

}
