package io.github.sseredis.autoconfigure;

import java.time.Duration;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.SseRedis;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.LocalBroadcaster;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.redis.RedisOptions;
import io.github.sseredis.redis.RedisSubscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SseRedisAutoConfiguration}; no Redis answers, and none has to. */
@ExtendWith(OutputCaptureExtension.class)
class SseRedisAutoConfigurationTests {

	private final ApplicationContextRunner runner = Hosts.plain();

	private final ApplicationContextRunner withFactory = this.runner.withUserConfiguration(OneFactory.class);

	@Test
	void publishesThroughRedisWhenThereIsAConnectionFactory() {
		this.withFactory.run((context) -> {
			assertThat(context).hasSingleBean(Broadcaster.class).hasSingleBean(RedisBroadcaster.class);
			assertThat(chosen(context)).isSameAs(context.getBean("one"));
		});
	}

	@Test
	void publishesThroughRedisWhenBootDefinesTheConnectionFactory() {
		this.runner.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
			.withPropertyValues("spring.data.redis.port=1")
			.run((context) -> assertThat(context).hasSingleBean(RedisBroadcaster.class));
	}

	@Test
	void publishesWithinTheProcessWhenThereIsNoConnectionFactory() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(LocalBroadcaster.class)
			.doesNotHaveBean(RedisOptions.class));
	}

	@Test
	void publishesWithinTheProcessWhenToldSo() {
		this.withFactory.withPropertyValues("sse.broadcaster=local")
			.run((context) -> assertThat(context).hasSingleBean(Broadcaster.class)
				.hasSingleBean(LocalBroadcaster.class));
	}

	@Test
	void failsWhenToldToUseRedisAndThereIsNoConnectionFactory() {
		this.runner.withPropertyValues("sse.broadcaster=redis")
			.run((context) -> assertFailure(context, "sse.broadcaster=redis", "no bean of type RedisConnectionFactory",
					"sse.broadcaster=local"));
	}

	@Test
	void failsWhenToldToUseRedisAndSpringDataIsAbsent() {
		this.runner.withPropertyValues("sse.broadcaster=redis")
			.withClassLoader(new FilteredClassLoader("org.springframework.data", "io.lettuce"))
			.run((context) -> assertFailure(context, "spring-data-redis is not on the class path",
					"Add spring-boot-starter-data-redis", "sse.broadcaster=local"));
	}

	@Test
	void backsOffWhenHostDefinesABroadcaster() {
		this.withFactory.withBean("mine", Broadcaster.class, SilentBroadcaster::new)
			.run((context) -> assertThat(context).hasSingleBean(Broadcaster.class).hasBean("mine"));
	}

	@Test
	void choosesNothingWhenHostDefinesABroadcaster() {
		this.runner.withUserConfiguration(TwoFactories.class)
			.withBean(Broadcaster.class, SilentBroadcaster::new)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void usesTheMarkedFactoryAmongSeveral() {
		this.runner.withUserConfiguration(TwoFactories.class, MarkedFactory.class)
			.run((context) -> assertThat(chosen(context)).isSameAs(context.getBean("marked")));
	}

	@Test
	void usesTheMarkedFactoryRatherThanThePrimary() {
		this.runner.withUserConfiguration(PrimaryFactory.class, MarkedFactory.class)
			.run((context) -> assertThat(chosen(context)).isSameAs(context.getBean("marked")));
	}

	@Test
	void usesTheMarkedFactoryWhenItIsNoDefaultCandidate() {
		this.runner.withUserConfiguration(OneFactory.class, MarkedForUsOnly.class)
			.run((context) -> assertThat(chosen(context)).isSameAs(context.getBean("forUsOnly")));
	}

	@Test
	void usesTheMarkedFactoryWhenItIsTheOnlyOneAndNoDefaultCandidate() {
		this.runner.withUserConfiguration(MarkedForUsOnly.class)
			.run((context) -> assertThat(chosen(context)).isSameAs(context.getBean("forUsOnly")));
	}

	@Test
	void usesThePrimaryFactoryAmongSeveral() {
		this.runner.withUserConfiguration(OneFactory.class, PrimaryFactory.class)
			.run((context) -> assertThat(chosen(context)).isSameAs(context.getBean("primary")));
	}

	@Test
	void failsNamingTheCandidatesWhenNoFactoryStandsOut() {
		this.runner.withUserConfiguration(TwoFactories.class)
			.run((context) -> assertFailure(context, "2 beans of type RedisConnectionFactory", "[cache, events]",
					"@SseRedis", "@Primary"));
	}

	@Test
	void failsNamingTheCandidatesWhenSeveralFactoriesAreMarked() {
		this.runner.withUserConfiguration(MarkedFactory.class, AlsoMarkedFactory.class)
			.run((context) -> assertFailure(context, "[marked, alsoMarked]", "@SseRedis"));
	}

	@Test
	void failsWhenTheOnlyFactoryIsKeptForOthers() {
		this.runner.withUserConfiguration(KeptForOthers.class)
			.run((context) -> assertFailure(context, "is a default candidate", "@SseRedis"));
	}

	@Test
	void prefixAndMarkAreMadeOfTheNameOfTheApplication() {
		this.withFactory.withPropertyValues("spring.application.name=mart").run((context) -> {
			assertThat(context.getBean(RedisOptions.class).prefix()).isEqualTo("sse:mart:");
			assertThat(context.getBean(RedisOptions.class).application()).isEqualTo("mart");
		});
	}

	@Test
	void prefixIsShortWhenTheApplicationHasNoName() {
		this.withFactory.run((context) -> {
			assertThat(context.getBean(RedisOptions.class).prefix()).isEqualTo("sse:");
			assertThat(context.getBean(RedisOptions.class).application()).isEmpty();
		});
	}

	@Test
	void failsWhenNoPrefixCanBeMadeOfTheNameOfTheApplication() {
		this.withFactory.withPropertyValues("spring.application.name=mart{7}")
			.run((context) -> assertFailure(context, "spring.application.name", "mart{7}", "Set sse.channel-prefix"));
	}

	@Test
	void usesOptionsOfHostWhenDefined() {
		RedisOptions mine = new RedisOptions("mine:", 2, "", new RedisOptions.History(1, 1, Duration.ofMinutes(1)),
				new RedisOptions.Publish(1, Duration.ofSeconds(1), Duration.ofSeconds(1)));
		Hosts.servlet()
			.withUserConfiguration(OneFactory.class)
			.withBean(RedisOptions.class, () -> mine)
			.run((context) -> {
				assertThat(context).getBean(RedisOptions.class).isSameAs(mine);
				assertThat(context.getBean(EventLog.class).partitions()).hasSize(2);
			});
	}

	@Test
	void logsBroadcasterAddressPrefixAndPartitionsInOneLine(CapturedOutput output) {
		this.withFactory.withPropertyValues("sse.channel-prefix=orders:", "sse.redis.partitions=3")
			.run((context) -> assertThat(output.getAll().lines().filter((line) -> line.contains("INFO")))
				.singleElement()
				.asString()
				.contains("through Redis at localhost:1, prefix orders:, partitions 3"));
	}

	@Test
	void startsAndStopsWithoutRedisAndSaysWhatToDo(CapturedOutput output) {
		Hosts.servlet().withUserConfiguration(OneFactory.class).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(RedisSubscription.class);
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(output).contains("Redis cannot be reached").contains("sse.broadcaster=local"));
		});
	}

	@Test
	void publishesOnlyWhenThereIsNoServletWebApplication() {
		this.withFactory.run(this::assertPublishesOnly);
		Hosts.reactive().withUserConfiguration(OneFactory.class).run((context) -> {
			assertThat(context).hasSingleBean(RedisBroadcaster.class).doesNotHaveBean(RedisSubscription.class);
			assertThat(context).doesNotHaveBean(EventLog.class);
		});
	}

	@Test
	void publishesOnlyWhenSpringMvcIsAbsent() {
		Hosts.plain()
			.withUserConfiguration(OneFactory.class)
			.withClassLoader(new FilteredClassLoader("org.springframework.web", "jakarta.servlet"))
			.run(this::assertPublishesOnly);
	}

	private void assertPublishesOnly(AssertableApplicationContext context) {
		assertThat(context).hasSingleBean(RedisBroadcaster.class)
			.doesNotHaveBean(RedisSubscription.class)
			.doesNotHaveBean(EventLog.class);
	}

	private static RedisConnectionFactory chosen(AssertableApplicationContext context) {
		assertThat(context).hasSingleBean(RedisBroadcaster.class);
		return context.getBean(SseRedisConnection.class).factory();
	}

	private static void assertFailure(AssertableApplicationContext context, String... words) {
		assertThat(context).hasFailed();
		assertThat(Hosts.analysis(context.getStartupFailure())).satisfies(
				(analysis) -> assertThat(analysis.getDescription() + " " + analysis.getAction()).contains(words));
	}

	private static LettuceConnectionFactory factory() {
		return new LettuceConnectionFactory("localhost", 1);
	}

	@Configuration(proxyBeanMethods = false)
	static class OneFactory {

		@Bean
		LettuceConnectionFactory one() {
			return factory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoFactories {

		@Bean
		LettuceConnectionFactory cache() {
			return factory();
		}

		@Bean
		RedisConnectionFactory events() {
			return factory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryFactory {

		@Bean
		@Primary
		RedisConnectionFactory primary() {
			return factory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MarkedFactory {

		@Bean
		@SseRedis
		RedisConnectionFactory marked() {
			return factory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AlsoMarkedFactory {

		@Bean
		@SseRedis
		RedisConnectionFactory alsoMarked() {
			return factory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MarkedForUsOnly {

		@Bean(defaultCandidate = false)
		@SseRedis
		RedisConnectionFactory forUsOnly() {
			return factory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class KeptForOthers {

		@Bean(defaultCandidate = false)
		RedisConnectionFactory kept() {
			return factory();
		}

	}

}
