package io.github.sseredis.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.github.sseredis.autoconfigure.SseProperties.BroadcasterType;
import io.github.sseredis.web.PrincipalPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SseProperties}; what the values do is tested where they do it. */
class SsePropertiesTests {

	private final ApplicationContextRunner runner = Hosts.plain();

	@Test
	void plainNumberIsMilliseconds() {
		this.runner.withPropertyValues("sse.timeout=60000")
			.run((context) -> assertThat(context.getBean(SseProperties.class).timeout())
				.isEqualTo(Duration.ofSeconds(60)));
	}

	@Test
	void defaultsAreThoseOfTheDocumentation() {
		this.runner.run((context) -> assertThat(context.getBean(SseProperties.class)).isEqualTo(new SseProperties(true,
				Duration.ofMinutes(30), Duration.ofSeconds(3), Duration.ofSeconds(15), Duration.ofSeconds(10), null,
				"reset", BroadcasterType.AUTO, null, new SseProperties.Log(DataSize.ofMegabytes(32)),
				new SseProperties.History(1000, 10_000, Duration.ofHours(1)),
				new SseProperties.Publish(DataSize.ofMegabytes(16), Duration.ofSeconds(30), Duration.ofMinutes(10)),
				new SseProperties.Limits(8000, 20, PrincipalPolicy.REFUSE_NEW, 0, 32, DataSize.ofKilobytes(256)),
				new SseProperties.Redis(1), new SseProperties.Endpoint(null),
				new SseProperties.Ticket(Duration.ofSeconds(30), null), new SseProperties.Client(false),
				new SseProperties.Shutdown(Duration.ZERO), new SseProperties.Tomcat(false))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "timeout=0", "reconnect-time=0", "shutdown.drain=0", "limits.connections=0",
			"limits.per-principal=0", "limits.topics-per-connection=0", "limits.payload=0", "redis.partitions=8",
			"channel-prefix=a b/c:", "connect-event=연결", "endpoint.path=/", "heartbeat-interval=1ms" })
	void startsWithValueAtTheEdge(String property) {
		this.runner.withPropertyValues("sse." + property).run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "null", textBlock = """
			sse.timeout                      | -1s     | must not be negative
			sse.timeout                      | 99999d  | must be at most 36500 days
			sse.reconnect-time               | -1s     | must not be negative
			sse.heartbeat-interval           | 0       | must be at least 1 ms
			sse.heartbeat-interval           | 99us    | must be at least 1 ms
			sse.write-timeout                | 0       | must be at least 1 ms
			sse.connect-event                | ' '     | must not be blank
			sse.reset-event                  | ''      | must not be blank
			sse.connect-event                | reset   | must differ from sse.reset-event
			sse.channel-prefix               | app{1}: | must have no '{' or '}'
			sse.log.memory                   | 0       | must be greater than 0
			sse.log.memory                   | -1MB    | must be greater than 0
			sse.history.per-topic            | 0       | must be greater than 0
			sse.history.per-partition        | -1      | must be greater than 0
			sse.history.ttl                  | 0       | must be at least 1 ms
			sse.publish.buffer               | 0       | must be greater than 0
			sse.publish.timeout              | 0       | must be at least 1 ms
			sse.publish.idempotency-ttl      | -5m     | must be at least 1 ms
			sse.limits.connections           | -1      | must not be negative
			sse.limits.per-principal         | -1      | must not be negative
			sse.limits.per-address           | -1      | must not be negative
			sse.limits.topics-per-connection | -1      | must not be negative
			sse.limits.payload               | -1KB    | must not be negative
			sse.redis.partitions             | 0       | must be from 1 to 8
			sse.redis.partitions             | 9       | must be from 1 to 8
			sse.endpoint.path                | events  | must begin with '/'
			sse.endpoint.path                | ''      | must begin with '/'
			sse.shutdown.drain               | -1s     | must not be negative
			""")
	void failsWithKeyValueAndReasonWhenValueCannotWork(String key, String value, String reason) {
		this.runner.withPropertyValues(key + "=" + value).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = Hosts.analysis(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("'" + key + "'").contains(reason);
			assertThat(analysis.getAction()).contains(key);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\rb", "a\nb", "a\0b" })
	void failsWhenEventTypeWouldBreakTheStream(String type) {
		this.runner
			.withInitializer((context) -> TestPropertyValues.of(Map.of("sse.reset-event", type)).applyTo(context))
			.run((context) -> assertThat(Hosts.analysis(context.getStartupFailure()).getDescription())
				.contains("'sse.reset-event'")
				.contains("must have no CR, LF or NUL"));
	}

	@Test
	void failureShowsValueAsItWasGivenAndWhere() {
		ConfigurableEnvironment environment = new StandardEnvironment();
		TestPropertyValues.of("sse.history.ttl=-3s").applyTo(environment);
		this.runner.withPropertyValues("sse.history.ttl=-3s")
			.run((context) -> assertThat(Hosts.analysis(context.getStartupFailure(), environment).getDescription())
				.isEqualTo("The property 'sse.history.ttl' has the value '-3s' (\"sse.history.ttl\" from property "
						+ "source \"test\"), but it must be at least 1 ms."));
	}

	@ParameterizedTest
	@CsvSource({ "sse.broadcaster, rediss", "sse.timeout, soon", "sse.log.memory, much", "sse.redis.partitions, one" })
	void failsWithKeyAndValueWhenValueIsOfAnotherKind(String key, String value) {
		this.runner.withPropertyValues(key + "=" + value).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(Hosts.analysis(context.getStartupFailure()).getDescription()).contains(key).contains(value);
		});
	}

	@Test
	void failureOfBroadcasterNamesValidValues() {
		this.runner.withPropertyValues("sse.broadcaster=rediss")
			.run((context) -> assertThat(Hosts.analysis(context.getStartupFailure()).getAction()).contains("AUTO",
					"LOCAL", "REDIS"));
	}

	@Test
	void refusesValuesWithoutBeanValidation() {
		this.runner.withClassLoader(new FilteredClassLoader("jakarta.validation", "org.hibernate.validator"))
			.withPropertyValues("sse.redis.partitions=9")
			.run((context) -> assertThat(context).hasFailed());
	}

}
