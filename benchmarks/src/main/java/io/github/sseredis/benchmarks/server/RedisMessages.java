package io.github.sseredis.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

/** Pub/sub between instances as it is written by hand, with Spring's defaults. */
final class RedisMessages {

	private static final String CHANNEL_PREFIX = "sse:";

	private RedisMessages() {
	}

	static RedisMessageListenerContainer container(RedisConnectionFactory connectionFactory,
			BiConsumer<String, String> handler) {
		RedisMessageListenerContainer container = new RedisMessageListenerContainer();
		container.setConnectionFactory(connectionFactory);
		container.addMessageListener((message, pattern) -> {
			String channel = new String(message.getChannel(), StandardCharsets.UTF_8);
			handler.accept(channel.substring(CHANNEL_PREFIX.length()),
					new String(message.getBody(), StandardCharsets.UTF_8));
		}, new PatternTopic(CHANNEL_PREFIX + "*"));
		return container;
	}

	static EventPublisher publisher(ApplicationContext context) {
		StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
		return (topic, data) -> {
			template.convertAndSend(CHANNEL_PREFIX + topic, data);
			return CompletableFuture.completedFuture(data);
		};
	}

}
