package io.github.sseredis.checker;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import io.github.sseredis.BroadcastException;
import io.github.sseredis.BroadcastException.Outcome;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.EventId;
import io.github.sseredis.SseEvent;
import io.github.sseredis.SubscribeRequest;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.redis.RedisOptions;
import io.github.sseredis.redis.RedisSubscription;
import io.github.sseredis.web.ConnectionInterceptor;
import io.github.sseredis.web.ConnectionLimits;
import io.github.sseredis.web.ConnectionOptions;
import io.github.sseredis.web.DefaultEmitterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One instance of the application whose promises are checked. */
final class AppInstance implements RunningInstance {

	private final ServletWebServerApplicationContext context;

	private AppInstance(ServletWebServerApplicationContext context) {
		this.context = context;
	}

	static AppInstance start(AppSettings settings) {
		ApplicationContextInitializer<GenericApplicationContext> beans = (context) -> register(context, settings);
		return new AppInstance(
				(ServletWebServerApplicationContext) new SpringApplicationBuilder(Application.class).initializers(beans)
					.properties("spring.main.banner-mode=off", "logging.level.root=error",
							"spring.main.register-shutdown-hook=false")
					.run());
	}

	private static void register(GenericApplicationContext context, AppSettings settings) {
		EventEncoder encoder = new EventEncoder(String::valueOf, 256 * 1024);
		ConnectionOptions connectionOptions = new ConnectionOptions(Duration.ofSeconds(20), Duration.ofMillis(50),
				Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ZERO, null, "reset");
		RedisOptions redisOptions = new RedisOptions(settings.prefix(), settings.partitions(), "checker",
				new RedisOptions.History(settings.perTopic(), settings.perPartition(), Duration.ofHours(1)),
				new RedisOptions.Publish(4 * 1024 * 1024, settings.publishTimeout(), Duration.ofMinutes(10)));
		context.registerBean(TomcatServletWebServerFactory.class, AppInstance::webServer);
		context.registerBean(EventLog.class, () -> new EventLog(settings.partitions(), settings.memory()));
		context.registerBean(LettuceConnectionFactory.class, () -> driver(settings.redisPort()));
		context.registerBean(RedisBroadcaster.class, () -> new RedisBroadcaster(connections(context, settings),
				redisOptions, encoder, context.getBean(EventLog.class)));
		context.registerBean(RedisSubscription.class, () -> new RedisSubscription(connections(context, settings),
				redisOptions, context.getBean(EventLog.class), settings.memory()));
		context.registerBean(DefaultEmitterRegistry.class,
				() -> new DefaultEmitterRegistry(context.getBean(EventLog.class), encoder, connectionOptions,
						new ConnectionLimits(0, 0, 0, 0), context.getBean(RedisBroadcaster.class)::disconnect));
		if (settings.swallowResets()) {
			context.registerBean(ResetSwallower.class, ResetSwallower::new);
		}
	}

	// With little room in the socket, who reads slowly is soon waited for.
	private static TomcatServletWebServerFactory webServer() {
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
		factory.addConnectorCustomizers((connector) -> connector.setProperty("socket.txBufSize", "8192"));
		return factory;
	}

	private static RedisConnectionFactory connections(GenericApplicationContext context, AppSettings settings) {
		return settings.connections().apply(context.getBean(LettuceConnectionFactory.class));
	}

	private static LettuceConnectionFactory driver(int port) {
		return new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", port),
				LettuceClientConfiguration.builder()
					.commandTimeout(Duration.ofSeconds(1))
					.shutdownTimeout(Duration.ZERO)
					.build());
	}

	RedisBroadcaster broadcaster() {
		return this.context.getBean(RedisBroadcaster.class);
	}

	EmitterRegistry registry() {
		return this.context.getBean(DefaultEmitterRegistry.class);
	}

	RedisSubscription subscription() {
		return this.context.getBean(RedisSubscription.class);
	}

	@Override
	public CompletableFuture<?> publish(String topic, SseEvent event) {
		return broadcaster().broadcast(topic, event);
	}

	EventLog log() {
		return this.context.getBean(EventLog.class);
	}

	@Override
	public boolean hasPosition() {
		return !log().lastEventId().equals(EventId.NONE);
	}

	@Override
	public int port() {
		return this.context.getWebServer().getPort();
	}

	/** The stream of topics of an instance on this machine. */
	static URI stream(int port, Collection<String> topics, @Nullable String user) {
		String query = topics.stream().map((topic) -> "topic=" + topic).collect(Collectors.joining("&"));
		return URI.create("http://127.0.0.1:" + port + "/stream?" + query + (user != null ? "&user=" + user : ""));
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(StreamController.class)
	static class Application implements WebMvcConfigurer {

		@Override
		public void addInterceptors(InterceptorRegistry registry) {
			registry.addInterceptor(new ConnectionInterceptor());
		}

	}

	@RestController
	static class StreamController {

		private final EmitterRegistry registry;

		private final RedisBroadcaster broadcaster;

		StreamController(EmitterRegistry registry, RedisBroadcaster broadcaster) {
			this.registry = registry;
			this.broadcaster = broadcaster;
		}

		@GetMapping("/stream")
		SseEmitter stream(@RequestParam("topic") String[] topics,
				@RequestParam(required = false) @Nullable String user) {
			return this.registry.subscribe(SubscribeRequest.builder().topics(topics).principal(user).build());
		}

		@GetMapping("/position")
		String position() {
			return this.broadcaster.lastEventId().toString();
		}

		/** Answers how it failed, or nothing. */
		@PostMapping("/publish")
		CompletableFuture<String> publish(@RequestParam String topic, @RequestBody String data) {
			return this.broadcaster.broadcast(topic, data).handle((id, failure) -> outcome(failure));
		}

		private static String outcome(@Nullable Throwable failure) {
			if (failure == null) {
				return "";
			}
			return (failure instanceof BroadcastException reason) ? reason.outcome().name() : Outcome.UNKNOWN.name();
		}

	}

}
