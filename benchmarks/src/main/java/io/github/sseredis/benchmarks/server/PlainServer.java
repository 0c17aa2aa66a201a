package io.github.sseredis.benchmarks.server;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that does not use sse-redis, to start with and without it. */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
class PlainServer {

	public static void main(String[] args) throws IOException, InterruptedException {
		SpringServer.run(PlainServer.class, args,
				(context) -> (topic, data) -> CompletableFuture.failedFuture(new UnsupportedOperationException()));
	}

	@Bean
	@ConditionalOnBooleanProperty("benchmarks.connects")
	ApplicationRunner connects(RedisConnectionFactory connectionFactory) {
		return (arguments) -> connectionFactory.getConnection().close();
	}

	@GetMapping("/hello")
	String hello() {
		return "hello";
	}

}
