package io.github.sseredis.benchmarks.server;

import java.io.IOException;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** An application that uses sse-redis. */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
class SseRedisServer {

	private final EmitterRegistry registry;

	SseRedisServer(EmitterRegistry registry) {
		this.registry = registry;
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		SpringServer.run(SseRedisServer.class, args, (context) -> context.getBean(Broadcaster.class)::broadcast);
	}

	@GetMapping("/stream")
	SseEmitter stream(@RequestParam("topic") String[] topics) {
		return this.registry.subscribe(topics);
	}

}
