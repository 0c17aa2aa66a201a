package io.github.sseredis.contract;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.github.sseredis.AbstractBroadcaster;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.LocalBroadcaster;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.redis.RedisSubscription;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.WireClient;
import io.github.sseredis.web.ConnectionInterceptor;
import io.github.sseredis.web.ConnectionLimits;
import io.github.sseredis.web.ConnectionOptions;
import io.github.sseredis.web.DefaultEmitterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * An application with a stream for whatever topics the request names, on a real server:
 * one of the instances of a test.
 */
public final class Instance implements AutoCloseable {

	private final ServletWebServerApplicationContext context;

	private final WebServer webServer;

	private Instance(ServletWebServerApplicationContext context, WebServer webServer) {
		this.context = context;
		this.webServer = webServer;
	}

	static Builder local() {
		return new Builder(null, "");
	}

	static Builder redis(RedisServer redis, String prefix) {
		return redis(() -> new LettuceConnectionFactory(redis.host(), redis.port()), prefix);
	}

	static Builder redis(Supplier<? extends RedisConnectionFactory> driver, String prefix) {
		return new Builder(driver, prefix);
	}

	public DefaultEmitterRegistry registry() {
		return this.context.getBean(DefaultEmitterRegistry.class);
	}

	public AbstractBroadcaster broadcaster() {
		return this.context.getBean(AbstractBroadcaster.class);
	}

	/** Where it reads; not without Redis. */
	public RedisSubscription subscription() {
		return this.context.getBean(RedisSubscription.class);
	}

	public EventLog log() {
		return this.context.getBean(EventLog.class);
	}

	public int port() {
		return this.context.getWebServer().getPort();
	}

	/** The connections that the web server itself has. */
	public int containerConnectionCount() {
		return this.webServer.connectionCount(this.context.getWebServer());
	}

	/** The requests that the web server would wait for when it stops. */
	public int openRequestCount() {
		return this.webServer.openRequestCount(this.context.getWebServer());
	}

	/** Opens a stream of topics on a connection of its own. */
	public WireClient open(String... topics) {
		return this.webServer.open(stream(topics));
	}

	/** Opens a stream on a connection of its own. */
	public WireClient open(URI uri) {
		return this.webServer.open(uri);
	}

	/** Opens a stream of a topic after an event. */
	public WireClient resume(String topic, String lastEventId) {
		return this.webServer.open(stream(topic), Map.of("Last-Event-ID", lastEventId));
	}

	public URI uri(String path) {
		return URI.create(this.webServer.scheme() + "://localhost:" + port() + path);
	}

	/** The stream of topics. */
	public URI stream(String... topics) {
		return uri("/stream?" + Arrays.stream(topics)
			.map((topic) -> "topic=" + URLEncoder.encode(topic, StandardCharsets.UTF_8))
			.collect(Collectors.joining("&")));
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** How an instance is started. */
	public static final class Builder {

		private final @Nullable Supplier<? extends RedisConnectionFactory> driver;

		private final String prefix;

		private WebServer webServer = WebServer.TOMCAT;

		private Consumer<GenericApplicationContext> additions = (context) -> {
		};

		private UnaryOperator<RedisConnectionFactory> connections = UnaryOperator.identity();

		private ConnectionOptions options = new ConnectionOptions(Duration.ZERO, Duration.ofMillis(100),
				Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ZERO, null, "reset");

		private ConnectionLimits limits = new ConnectionLimits(0, 0, 0, 0);

		private long memory = 32 * 1024 * 1024;

		private int partitions = 1;

		private String application = "contract";

		private int historyPerTopic = 1000;

		private int historyPerPartition = 10_000;

		private Duration publishTimeout = Duration.ofSeconds(30);

		private long publishBuffer = 16 * 1024 * 1024;

		private final List<String> properties = new ArrayList<>(List.of("spring.main.banner-mode=off",
				"logging.level.root=warn", "spring.main.register-shutdown-hook=false"));

		private Builder(@Nullable Supplier<? extends RedisConnectionFactory> driver, String prefix) {
			this.driver = driver;
			this.prefix = prefix;
		}

		public Builder on(WebServer webServer) {
			this.webServer = webServer;
			return this;
		}

		public Builder options(UnaryOperator<Options> change) {
			this.options = change.apply(new Options(this.options)).options();
			return this;
		}

		public Builder limits(ConnectionLimits limits) {
			this.limits = limits;
			return this;
		}

		public Builder memory(long memory) {
			this.memory = memory;
			return this;
		}

		public Builder partitions(int partitions) {
			this.partitions = partitions;
			return this;
		}

		public Builder application(String application) {
			this.application = application;
			return this;
		}

		public Builder history(int perTopic, int perPartition) {
			this.historyPerTopic = perTopic;
			this.historyPerPartition = perPartition;
			return this;
		}

		public Builder publish(long buffer, Duration timeout) {
			this.publishBuffer = buffer;
			this.publishTimeout = timeout;
			return this;
		}

		public Builder connections(UnaryOperator<RedisConnectionFactory> connections) {
			this.connections = connections;
			return this;
		}

		/** Adds beans to those of the instance. */
		public Builder beans(Consumer<GenericApplicationContext> additions) {
			this.additions = this.additions.andThen(additions);
			return this;
		}

		public Builder property(String property) {
			this.properties.add(property);
			return this;
		}

		public Instance start() {
			ApplicationContextInitializer<GenericApplicationContext> beans = this::registerBeans;
			ServletWebServerApplicationContext context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(
					Application.class)
				.initializers(beans)
				.properties(this.webServer.properties().toArray(new String[0]))
				.properties(this.properties.toArray(new String[0]))
				.run();
			return new Instance(context, this.webServer);
		}

		private void registerBeans(GenericApplicationContext context) {
			this.additions.accept(context);
			context.registerBean(ConfigurableServletWebServerFactory.class, this.webServer::factory);
			EventEncoder encoder = new EventEncoder((data) -> {
				throw new IllegalArgumentException("strings only");
			}, 256 * 1024);
			context.registerBean(EventLog.class, () -> new EventLog(this.partitions, this.memory));
			if (this.driver == null) {
				context.registerBean(LocalBroadcaster.class,
						() -> new LocalBroadcaster(context.getBean(EventLog.class), encoder, Duration.ofMinutes(10)));
			}
			else {
				registerRedis(context, this.driver, encoder);
			}
			context.registerBean(DefaultEmitterRegistry.class,
					() -> new DefaultEmitterRegistry(context.getBean(EventLog.class), encoder, this.options,
							this.limits, context.getBean(AbstractBroadcaster.class)::disconnect));
		}

		private void registerRedis(GenericApplicationContext context, Supplier<? extends RedisConnectionFactory> driver,
				EventEncoder encoder) {
			io.github.sseredis.redis.RedisOptions redisOptions = new io.github.sseredis.redis.RedisOptions(this.prefix,
					this.partitions, this.application,
					new io.github.sseredis.redis.RedisOptions.History(this.historyPerTopic, this.historyPerPartition,
							Duration.ofHours(1)),
					new io.github.sseredis.redis.RedisOptions.Publish(this.publishBuffer, this.publishTimeout,
							Duration.ofMinutes(10)));
			context.registerBean(RedisConnectionFactory.class, driver::get);
			context.registerBean(RedisBroadcaster.class,
					() -> new RedisBroadcaster(this.connections.apply(context.getBean(RedisConnectionFactory.class)),
							redisOptions, encoder, context.getBean(EventLog.class)));
			context.registerBean(RedisSubscription.class,
					() -> new RedisSubscription(this.connections.apply(context.getBean(RedisConnectionFactory.class)),
							redisOptions, context.getBean(EventLog.class), this.memory));
		}

	}

	/** Connection options that can be changed one by one. */
	public record Options(ConnectionOptions options) {

		public Options timeout(Duration timeout) {
			return with(timeout, this.options.heartbeatInterval(), this.options.writeTimeout());
		}

		public Options heartbeatInterval(Duration interval) {
			return with(this.options.timeout(), interval, this.options.writeTimeout());
		}

		public Options writeTimeout(Duration timeout) {
			return with(this.options.timeout(), this.options.heartbeatInterval(), timeout);
		}

		public Options connectEvent(String type) {
			return new Options(new ConnectionOptions(this.options.timeout(), this.options.reconnectTime(),
					this.options.heartbeatInterval(), this.options.writeTimeout(), this.options.drain(), type,
					this.options.resetEvent()));
		}

		public Options drain(Duration drain) {
			return new Options(new ConnectionOptions(this.options.timeout(), this.options.reconnectTime(),
					this.options.heartbeatInterval(), this.options.writeTimeout(), drain, this.options.connectEvent(),
					this.options.resetEvent()));
		}

		private Options with(Duration timeout, Duration heartbeatInterval, Duration writeTimeout) {
			return new Options(new ConnectionOptions(timeout, this.options.reconnectTime(), heartbeatInterval,
					writeTimeout, this.options.drain(), this.options.connectEvent(), this.options.resetEvent()));
		}

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

}
