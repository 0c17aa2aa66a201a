package com.example.flux;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.EventId;
import io.github.sseredis.SsePush;
import io.github.sseredis.test.RedisExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** A WebFlux application publishes what instances with Spring MVC serve. */
@ExtendWith(OutputCaptureExtension.class)
class FluxApplicationIT {

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	@Test
	void publishes() throws Exception {
		try (var context = (ReactiveWebServerApplicationContext) start(FluxApplication.class)) {
			assertThat(context.getBeansOfType(EmitterRegistry.class)).isEmpty();
			assertThat(context.getBean(Broadcaster.class).lastEventId()).isEqualTo(EventId.NONE);
			int port = context.getWebServer().getPort();
			String id = post(port, "/announcements", "text/plain", "We close at six");
			assertThat(EventId.parse(id)).isNotEqualTo(EventId.NONE);
			assertThat(newest("announcements")).contains("event: news", "data: We close at six");
			assertThat(post(port, "/orders", "application/json", "{\"customer\":\"kim\",\"item\":\"rice\"}"))
				.contains("rice");
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(newest("user:kim")).contains("event: order",
						"{\"customer\":\"kim\",\"item\":\"rice\"}"));
		}
	}

	@Test
	void refusesToPushWhatIsNotThereWhenTheMethodReturns(CapturedOutput output) {
		Throwable refusal = catchThrowable(() -> start(Reactive.class).close());
		assertThat(refusal).rootCause()
			.hasMessageContaining("a reactive or suspending method has no result yet when it returns");
		assertThat(output).contains("@SsePush on ", "ReactiveService.place()", "Call Broadcaster.broadcast");
	}

	private static org.springframework.context.ConfigurableApplicationContext start(Class<?> type) {
		return SpringApplication.run(type, "--server.port=0", "--spring.data.redis.host=" + redis.host(),
				"--spring.data.redis.port=" + redis.port(), "--sse.channel-prefix=" + redis.prefix());
	}

	private static String newest(String topic) {
		return String.valueOf(redis.command("XREVRANGE", redis.prefix() + "{0}:log:" + topic, "+", "-", "COUNT", "1"));
	}

	private static String post(int port, String path, String type, String body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.header("Content-Type", type)
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	static class ReactiveService {

		@SsePush(topic = "'a'")
		public Mono<String> place() {
			return Mono.just("order");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Reactive extends FluxApplication {

		@Bean
		ReactiveService reactiveService() {
			return new ReactiveService();
		}

	}

}
