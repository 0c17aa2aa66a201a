package io.github.sseredis.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import io.github.sseredis.SseRedis;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.redis.RedisSubscription;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;

/** Hosts that use Redis, Jackson and threads for purposes of their own. */
class NeighboursIT {

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final String prefix = RedisExtension.newPrefix();

	private final WebApplicationContextRunner runner = Hosts.tomcat()
		.withBean(StreamController.class)
		.withPropertyValues("sse.channel-prefix=" + this.prefix);

	private final WebApplicationContextRunner withRedis = this.runner
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
		.withPropertyValues("spring.data.redis.host=" + redis.host(), "spring.data.redis.port=" + redis.port());

	@Test
	void worksBesideAListenerContainerOfTheHost() {
		this.withRedis.withUserConfiguration(OwnListener.class).run((context) -> {
			assertThat(context).hasSingleBean(RedisMessageListenerContainer.class);
			assertDelivers(context, "event", "event");
			OwnListener host = context.getBean(OwnListener.class);
			Awaitility.await().until(() -> {
				redis.command("PUBLISH", this.prefix + "host", "of the host");
				return "of the host".equals(host.received.poll(100, TimeUnit.MILLISECONDS));
			});
			assertThat(host.received).doesNotContain("event");
		});
	}

	@Test
	void doesNotUseTheTemplateOfTheHost() {
		this.withRedis.withUserConfiguration(OwnTemplate.class).run((context) -> {
			assertDelivers(context, "event", "event");
			assertThat(redis.command("EXISTS", this.prefix + "{0}:seq")).hasToString("1");
		});
	}

	@Test
	void usesTheMarkedOneOfTwoServers() {
		try (RedisServer events = RedisServer.start()) {
			this.runner.withUserConfiguration(TwoServers.class)
				.withPropertyValues("test.events.port=" + events.port())
				.run((context) -> {
					assertDelivers(context, "event", "event");
					assertThat(events.command("EXISTS", this.prefix + "{0}:seq")).hasToString("1");
					assertThat(redis.command("EXISTS", this.prefix + "{0}:seq")).hasToString("0");
				});
		}
	}

	@Test
	void publishesFromAsyncMethodsOfTheHost() {
		this.withRedis.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.withUserConfiguration(AsyncHost.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(Executor.class);
				try (RawSseClient client = open(context)) {
					String thread = context.getBean(AsyncPublisher.class).publish().get(10, TimeUnit.SECONDS);
					assertThat(thread).startsWith("task-");
					assertThat(client.awaitEvents(1).get(0).data()).isEqualTo("asynchronous");
				}
			});
	}

	@Test
	void modulesOfTheJsonMapperShapeWhatClientsReceive() {
		this.withRedis.withBean(JacksonModule.class, NeighboursIT::moneyModule)
			.run((context) -> assertDelivers(context, new Money(12_000), "\"₩12000\""));
	}

	@Test
	void worksWithJedisWhenLettuceIsAbsent() {
		this.withRedis.withPropertyValues("spring.data.redis.client-type=jedis")
			.withClassLoader(new FilteredClassLoader("io.lettuce"))
			.run((context) -> {
				assertThat(context).hasSingleBean(JedisConnectionFactory.class)
					.hasSingleBean(RedisBroadcaster.class)
					.hasSingleBean(RedisSubscription.class);
				assertDelivers(context, "through Jedis", "through Jedis");
			});
	}

	@Test
	void twoInstancesOfAHostShareEvents() {
		this.withRedis.run((first) -> this.withRedis.run((second) -> {
			try (RawSseClient client = open(second)) {
				first.getBean(Broadcaster.class).broadcast("a", "한글 이벤트");
				assertThat(client.awaitEvents(1).get(0).data()).isEqualTo("한글 이벤트");
			}
		}));
	}

	@Test
	void firstStreamOfAnInstanceBeginsAtAPosition() {
		this.withRedis.run((context) -> {
			assertThat(context.getBean(Broadcaster.class).lastEventId()).isNotEqualTo(EventId.NONE);
			try (RawSseClient client = open(context)) {
				assertThat(client.blocks().get(0).id()).isNotNull();
			}
		});
	}

	@Test
	void hostsWithDifferentPrefixesDoNotShareEvents() {
		this.withRedis
			.run((first) -> this.withRedis.withPropertyValues("sse.channel-prefix=" + RedisExtension.newPrefix())
				.run((second) -> {
					try (RawSseClient client = open(second)) {
						first.getBean(Broadcaster.class).broadcast("a", "of the first").get(10, TimeUnit.SECONDS);
						second.getBean(Broadcaster.class).broadcast("a", "of the second");
						client.awaitEvents(1);
						assertThat(client.data()).containsExactly("of the second");
					}
				}));
	}

	private static void assertDelivers(AssertableWebApplicationContext context, Object data, String expected) {
		try (RawSseClient client = open(context)) {
			context.getBean(Broadcaster.class).broadcast("a", data);
			assertThat(client.awaitEvents(1).get(0).data()).isEqualTo(expected);
		}
	}

	private static RawSseClient open(AssertableWebApplicationContext context) {
		RawSseClient client = RawSseClient.open(Hosts.uri(context, "/stream?topic=a"));
		client.awaitBlocks(1);
		return client;
	}

	private static JacksonModule moneyModule() {
		return new SimpleModule().addSerializer(new StdSerializer<Money>(Money.class) {

			@Override
			public void serialize(Money value, JsonGenerator generator, SerializationContext context) {
				generator.writeString("₩" + value.amount());
			}

		});
	}

	record Money(int amount) {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnListener {

		private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();

		@Bean
		RedisMessageListenerContainer redisMessageListenerContainer(RedisConnectionFactory connectionFactory,
				Environment environment) {
			RedisMessageListenerContainer container = new RedisMessageListenerContainer();
			container.setConnectionFactory(connectionFactory);
			container.addMessageListener((message, pattern) -> this.received.add(new String(message.getBody())),
					new ChannelTopic(environment.getRequiredProperty("sse.channel-prefix") + "host"));
			return container;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTemplate {

		@Bean
		RedisTemplate<Object, Object> redisTemplate(RedisConnectionFactory connectionFactory) {
			RedisTemplate<Object, Object> template = new RedisTemplate<>();
			template.setConnectionFactory(connectionFactory);
			template.setDefaultSerializer(RedisSerializer.java());
			template.setEnableTransactionSupport(true);
			return template;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoServers {

		@Bean
		@Primary
		RedisConnectionFactory cache() {
			return new LettuceConnectionFactory(redis.host(), redis.port());
		}

		@Bean
		@SseRedis
		RedisConnectionFactory events(Environment environment) {
			return new LettuceConnectionFactory(new RedisStandaloneConfiguration("localhost",
					environment.getRequiredProperty("test.events.port", int.class)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class AsyncHost {

		@Bean
		AsyncPublisher asyncPublisher(Broadcaster broadcaster) {
			return new AsyncPublisher(broadcaster);
		}

	}

	static class AsyncPublisher {

		private final Broadcaster broadcaster;

		AsyncPublisher(Broadcaster broadcaster) {
			this.broadcaster = broadcaster;
		}

		@Async
		CompletableFuture<String> publish() {
			this.broadcaster.broadcast("a", "asynchronous");
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

	}

}
