package io.github.sseredis.autoconfigure;

import io.github.sseredis.redis.OwnLettuceConnectionFactory;

import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Begins to connect before the other beans are created, and beside them. To load what
 * Lettuce needs and to connect takes a third of a second, for which the web server would
 * wait otherwise.
 */
final class EarlyConnection implements BeanFactoryInitializer<ListableBeanFactory> {

	@Override
	public void initialize(ListableBeanFactory beanFactory) {
		if (beanFactory.getBean(SseRedisConnection.class).used() instanceof OwnLettuceConnectionFactory own) {
			own.connect();
		}
	}

}
