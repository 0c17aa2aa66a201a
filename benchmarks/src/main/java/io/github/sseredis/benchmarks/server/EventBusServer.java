package io.github.sseredis.benchmarks.server;

import java.io.IOException;
import java.util.UUID;

import ch.rasc.sse.eventbus.SseEvent;
import ch.rasc.sse.eventbus.SseEventBus;
import ch.rasc.sse.eventbus.config.EnableSseEventBus;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** An application that uses sse-eventbus, which knows one instance: Redis is added. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableSseEventBus
@Import(EventBusServer.StreamController.class)
class EventBusServer {

	public static void main(String[] args) throws IOException, InterruptedException {
		SpringServer.run(EventBusServer.class, args, RedisMessages::publisher);
	}

	@Bean
	RedisMessageListenerContainer redisMessageListenerContainer(RedisConnectionFactory connectionFactory,
			SseEventBus eventBus) {
		return RedisMessages.container(connectionFactory,
				(topic, data) -> eventBus.handleEvent(SseEvent.of(topic, data)));
	}

	@RestController
	static class StreamController {

		private final SseEventBus eventBus;

		StreamController(SseEventBus eventBus) {
			this.eventBus = eventBus;
		}

		@GetMapping("/stream")
		SseEmitter stream(@RequestParam("topic") String[] topics) throws IOException {
			SseEmitter emitter = this.eventBus.createSseEmitter(UUID.randomUUID().toString(), 0L, topics);
			// Without it a client waits for its headers until the first event.
			emitter.send(SseEmitter.event().comment("open"));
			return emitter;
		}

	}

}
