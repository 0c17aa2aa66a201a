package io.github.sseredis.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.EventId;
import io.github.sseredis.SseTopicResolver;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.LocalBroadcaster;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.redis.RedisOptions;
import io.github.sseredis.redis.RedisSubscription;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.StreamEnd;
import io.github.sseredis.web.ConnectionInterceptor;
import io.github.sseredis.web.DefaultEmitterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurationSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.request;

/** Tests for {@link SseWebAutoConfiguration}. */
@ExtendWith(OutputCaptureExtension.class)
class SseWebAutoConfigurationTests {

	private static final String SILENT = "Streams will not begin";

	private final WebApplicationContextRunner runner = Hosts.servlet();

	private final WebApplicationContextRunner tomcat = Hosts.tomcat().withBean(StreamController.class);

	@Test
	void servesInAServletWebApplication() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(EmitterRegistry.class)
			.hasSingleBean(EventLog.class)
			.doesNotHaveBean(RedisSubscription.class)
			.doesNotHaveBean(SseEndpoint.class)
			.doesNotHaveBean(SseTopicResolver.class));
	}

	@Test
	void servesNobodyWithoutAServletWebApplication() {
		Hosts.plain()
			.run((context) -> assertThat(context).hasSingleBean(Broadcaster.class)
				.doesNotHaveBean(EmitterRegistry.class)
				.doesNotHaveBean(EventLog.class)
				.doesNotHaveBean(SseWebMvcConfigurer.class));
		Hosts.reactive()
			.run((context) -> assertThat(context).hasSingleBean(Broadcaster.class)
				.doesNotHaveBean(EmitterRegistry.class)
				.doesNotHaveBean(EventLog.class)
				.doesNotHaveBean(SseWebMvcConfigurer.class));
	}

	@Test
	void servesNobodyWhenSpringMvcIsAbsent() {
		new WebApplicationContextRunner().withConfiguration(Hosts.own())
			.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
			.run((context) -> assertThat(context).hasSingleBean(Broadcaster.class)
				.doesNotHaveBean("sse.emitter-registry")
				.doesNotHaveBean(EventLog.class));
	}

	@Test
	void backsOffWhenHostDefinesARegistry() {
		EmitterRegistry mine = mock(EmitterRegistry.class);
		this.runner.withBean(EmitterRegistry.class, () -> mine)
			.run((context) -> assertThat(context).getBean(EmitterRegistry.class).isSameAs(mine));
	}

	@Test
	void usesTheLogOfHostWhenDefined() {
		EventLog mine = new EventLog(1, 1000);
		this.runner.withBean(EventLog.class, () -> mine).run((context) -> {
			EventId id = context.getBean(Broadcaster.class).broadcast("topic", "event").join();
			assertThat(context).getBean(EventLog.class).isSameAs(mine);
			assertThat(mine.lastEventId()).isEqualTo(id);
		});
	}

	@Test
	void opensStreamsWhenHostDefinesABroadcaster() {
		this.tomcat.withBean(SilentBroadcaster.class).run((context) -> {
			try (RawSseClient client = RawSseClient.open(Hosts.uri(context, "/stream?topic=a"))) {
				assertThat(client.awaitBlocks(1).get(0).id()).isNotNull();
			}
		});
	}

	@Test
	void endsConnectionsOfThisInstanceWhenHostDefinesABroadcaster() {
		this.tomcat.withBean(SilentBroadcaster.class).run((context) -> {
			try (RawSseClient client = RawSseClient.open(Hosts.uri(context, "/stream?topic=a&principal=kim"))) {
				client.awaitBlocks(1);
				CompletableFuture<Void> disconnected = context.getBean(EmitterRegistry.class).disconnect("kim");
				assertThat(disconnected).isCompleted();
				assertThat(client.awaitEnd(Duration.ofSeconds(20))).isEqualTo(StreamEnd.COMPLETE);
			}
		});
	}

	@Test
	void feedsTheLogOfARedisBroadcasterThatHostDefines() {
		this.runner.withUserConfiguration(OwnRedisBroadcaster.class)
			.run((context) -> assertThat(context).hasSingleBean(Broadcaster.class)
				.hasSingleBean(RedisSubscription.class)
				.hasBean("mine"));
	}

	@Test
	void doesNotFeedTheLogTwiceWhenHostDefinesTheSubscription() {
		this.runner.withBean(LettuceConnectionFactory.class, SseWebAutoConfigurationTests::unreachable)
			.withBean("mine", RedisSubscription.class,
					() -> new RedisSubscription(unreachable(), options(), new EventLog(1, 1000), 1000))
			.run((context) -> assertThat(context).hasSingleBean(RedisSubscription.class).hasBean("mine"));
	}

	@Test
	void streamsEndBeforeTheWebServerWaitsAndPublishingEndsAfterIt() {
		this.runner.withBean(LettuceConnectionFactory.class, SseWebAutoConfigurationTests::unreachable)
			.run((context) -> {
				int waits = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
				int stops = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE;
				assertThat(phase(context.getBean(DefaultEmitterRegistry.class))).isGreaterThan(waits);
				assertThat(phase(context.getBean(RedisSubscription.class))).isGreaterThan(waits)
					.isLessThan(phase(context.getBean(DefaultEmitterRegistry.class)));
				assertThat(phase(context.getBean(PositionWait.class))).isLessThan(stops)
					.isGreaterThan(phase(context.getBean(RedisBroadcaster.class)));
				assertThat(phase(context.getBean(RedisBroadcaster.class))).isLessThan(stops)
					.isGreaterThan(context.getBean(LettuceConnectionFactory.class).getPhase());
			});
	}

	@Test
	void stopsInSecondsWhileStreamsAreOpen() {
		this.tomcat.withPropertyValues("server.shutdown=graceful", "sse.reconnect-time=7s").run((context) -> {
			URI uri = Hosts.uri(context, "/stream?topic=a");
			try (RawSseClient one = RawSseClient.open(uri); RawSseClient two = RawSseClient.open(uri)) {
				one.awaitBlocks(1);
				two.awaitBlocks(1);
				long start = System.nanoTime();
				context.close();
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
				assertThat(one.awaitEnd(Duration.ofSeconds(20))).isEqualTo(StreamEnd.COMPLETE);
				assertThat(two.awaitEnd(Duration.ofSeconds(20))).isEqualTo(StreamEnd.COMPLETE);
			}
		});
	}

	@Test
	void beginsWithAPositionWhenBeansAreLazy() {
		this.tomcat
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				try (RawSseClient client = RawSseClient.open(Hosts.uri(context, "/stream?topic=a"))) {
					assertThat(client.awaitBlocks(1).get(0).id()).isNotNull();
					context.getBean(Broadcaster.class).broadcast("a", "event");
					assertThat(client.awaitEvents(1).get(0).data()).isEqualTo("event");
				}
			});
	}

	@Test
	void streamsBeginWhenHostEnablesWebMvcItself(CapturedOutput output) {
		this.tomcat.withUserConfiguration(OwnMvc.class).run((context) -> {
			try (RawSseClient client = RawSseClient.open(Hosts.uri(context, "/stream?topic=a"))) {
				client.awaitBlocks(1);
			}
			assertThat(output).doesNotContain(SILENT);
		});
	}

	@Test
	void streamsBeginInMockMvc() {
		this.runner.withBean(StreamController.class).run((context) -> {
			MockMvc mockMvc = MockMvcBuilders.webAppContextSetup(context).build();
			MvcResult result = mockMvc.perform(get("/stream").param("topic", "a"))
				.andExpect(request().asyncStarted())
				.andReturn();
			context.getBean(Broadcaster.class).broadcast("a", "event");
			Awaitility.await()
				.untilAsserted(() -> assertThat(result.getResponse().getContentAsString()).contains("data: event"));
		});
	}

	@Test
	void warnsWhenHostConfiguresSpringMvcWithoutConfigurers(CapturedOutput output) {
		this.runner.withUserConfiguration(MvcSupport.class)
			.run((context) -> assertThat(output).contains(SILENT, ConnectionInterceptor.class.getName()));
	}

	@Test
	void saysNothingOfSilentStreamsWhenSpringMvcIsLazy(CapturedOutput output) {
		this.tomcat
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withBean(LazyInitializationExcludeFilter.class,
					() -> LazyInitializationExcludeFilter.forBeanTypes(SseWebMvcConfigurer.class))
			.run((context) -> assertThat(output).doesNotContain(SILENT));
	}

	@Test
	void leavesDefinitionsOfHostAloneWhenTheirNamesAreLikeOurs() {
		this.tomcat.withBean("broadcaster", String.class)
			.withBean("sseBroadcaster", String.class)
			.withBean("emitterRegistry", String.class)
			.withBean("sseEmitterRegistry", String.class)
			.withBean("eventLog", String.class)
			.withBean("webMvcConfigurer", String.class)
			.run((context) -> assertThat(context).hasSingleBean(LocalBroadcaster.class)
				.hasSingleBean(EmitterRegistry.class));
	}

	private static int phase(SmartLifecycle lifecycle) {
		return lifecycle.getPhase();
	}

	private static LettuceConnectionFactory unreachable() {
		LettuceConnectionFactory factory = new LettuceConnectionFactory("localhost", 1);
		factory.afterPropertiesSet();
		return factory;
	}

	private static RedisOptions options() {
		return new RedisOptions("mine:", 1, "", new RedisOptions.History(1, 1, Duration.ofMinutes(1)),
				new RedisOptions.Publish(1, Duration.ofSeconds(1), Duration.ofSeconds(1)));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRedisBroadcaster {

		@Bean
		RedisConnectionFactory factory() {
			return unreachable();
		}

		@Bean
		RedisBroadcaster mine(RedisConnectionFactory factory, EventEncoder encoder, EventLog log) {
			return new RedisBroadcaster(factory, options(), encoder, log);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebMvc
	static class OwnMvc {

	}

	@Configuration(proxyBeanMethods = false)
	static class MvcSupport extends WebMvcConfigurationSupport {

		@Override
		protected void addInterceptors(InterceptorRegistry registry) {
			// Nothing of ours.
		}

	}

}
