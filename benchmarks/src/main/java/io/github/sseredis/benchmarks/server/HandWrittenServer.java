package io.github.sseredis.benchmarks.server;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * What people write by hand: a map of emitters keyed by topic and a random part, which is
 * searched for each message, and a send to each. It keeps no history.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
class HandWrittenServer {

	private final Map<String, SseEmitter> emitters = new ConcurrentHashMap<>();

	public static void main(String[] args) throws IOException, InterruptedException {
		SpringServer.run(HandWrittenServer.class, args, RedisMessages::publisher);
	}

	@Bean
	RedisMessageListenerContainer redisMessageListenerContainer(RedisConnectionFactory connectionFactory) {
		return RedisMessages.container(connectionFactory, this::send);
	}

	@GetMapping("/stream")
	SseEmitter stream(@RequestParam("topic") String[] topics) throws IOException {
		SseEmitter emitter = new SseEmitter(0L);
		// Without it a client waits for its headers until the first event.
		emitter.send(SseEmitter.event().comment("open"));
		for (String topic : topics) {
			String key = topic + "_" + UUID.randomUUID();
			this.emitters.put(key, emitter);
			emitter.onCompletion(() -> this.emitters.remove(key));
		}
		return emitter;
	}

	private void send(String topic, String data) {
		String prefix = topic + "_";
		this.emitters.forEach((key, emitter) -> {
			if (key.startsWith(prefix)) {
				try {
					emitter.send(SseEmitter.event().data(data));
				}
				catch (IOException | IllegalStateException ex) {
					this.emitters.remove(key);
				}
			}
		});
	}

}
