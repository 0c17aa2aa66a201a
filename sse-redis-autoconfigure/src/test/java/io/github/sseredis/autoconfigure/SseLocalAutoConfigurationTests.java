package io.github.sseredis.autoconfigure;

import java.util.concurrent.TimeUnit;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import io.github.sseredis.SseEvent;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.LocalBroadcaster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SseLocalAutoConfiguration}. */
@ExtendWith(OutputCaptureExtension.class)
class SseLocalAutoConfigurationTests {

	private final ApplicationContextRunner runner = Hosts.plain();

	@ParameterizedTest
	@ValueSource(strings = { "auto", "local", "LOCAL" })
	void publishesWithinTheProcessWhenSpringDataRedisIsAbsent(String broadcaster) {
		this.runner.withPropertyValues("sse.broadcaster=" + broadcaster)
			.withClassLoader(new FilteredClassLoader("org.springframework.data", "io.lettuce", "redis.clients"))
			.run((context) -> {
				assertThat(context).hasSingleBean(Broadcaster.class).hasSingleBean(LocalBroadcaster.class);
				assertThat(context.getBean(Broadcaster.class).broadcast("topic", "event").get(20, TimeUnit.SECONDS))
					.isNotEqualTo(EventId.NONE);
			});
	}

	@Test
	void feedsTheLogOfAServletWebApplication() {
		Hosts.servlet().run((context) -> {
			EventId id = context.getBean(Broadcaster.class).broadcast("topic", "event").get(20, TimeUnit.SECONDS);
			assertThat(context.getBean(EventLog.class).lastEventId()).isEqualTo(id);
		});
	}

	@Test
	void keepsNothingWithoutAServletWebApplication() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(EventLog.class));
	}

	@Test
	void remembersIdempotencyKeysAsLongAsTold() {
		SseEvent event = SseEvent.builder().data("once").idempotencyKey("key").build();
		this.runner.withPropertyValues("sse.publish.idempotency-ttl=1ms").run((context) -> {
			Broadcaster broadcaster = context.getBean(Broadcaster.class);
			EventId first = broadcaster.broadcast("topic", event).get();
			Awaitility.await()
				.untilAsserted(() -> assertThat(broadcaster.broadcast("topic", event).get()).isNotEqualTo(first));
		});
	}

	@Test
	void backsOffWhenHostDefinesABroadcaster() {
		this.runner.withBean("mine", SilentBroadcaster.class)
			.run((context) -> assertThat(context).hasSingleBean(Broadcaster.class).hasBean("mine"));
	}

	@Test
	void leavesTheBroadcasterToHostWhenToldToUseRedisAndHostDefinesOne() {
		this.runner.withPropertyValues("sse.broadcaster=redis")
			.withBean(SilentBroadcaster.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void saysThatThereIsNoRedis(CapturedOutput output) {
		this.runner.withPropertyValues("sse.broadcaster=local")
			.run((context) -> assertThat(output.getAll().lines().filter((line) -> line.contains("INFO")))
				.singleElement()
				.asString()
				.contains("within this process", "sse.broadcaster=local"));
	}

}
