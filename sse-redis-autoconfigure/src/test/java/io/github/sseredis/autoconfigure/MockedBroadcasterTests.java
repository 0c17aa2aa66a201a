package io.github.sseredis.autoconfigure;

import java.util.List;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.EventId;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/** A test of a host that replaces the broadcaster by a mock. */
@SpringBootTest(classes = MockedBroadcasterTests.Host.class, properties = "spring.data.redis.port=1")
class MockedBroadcasterTests {

	@MockitoBean
	private Broadcaster broadcaster;

	@Autowired
	private EmitterRegistry emitterRegistry;

	@Autowired
	private List<MeterBinder> meters;

	@Autowired
	private HealthIndicator sseHealthIndicator;

	@Test
	void applicationStartsWithTheMock() {
		given(this.broadcaster.lastEventId()).willReturn(EventId.parse("1"));
		assertThat(this.broadcaster.lastEventId()).hasToString("1");
		assertThat(this.emitterRegistry.disconnect("kim")).isCompleted();
	}

	@Test
	void whatOnlyTheReplacedOneHasIsNotMeasured() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		this.meters.forEach((meter) -> meter.bindTo(registry));
		assertThat(registry.find("sse.connections").gauge()).isNotNull();
		assertThat(registry.find("sse.publish.pending").gauge()).isNull();
		assertThat(this.sseHealthIndicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
			DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class, SseAutoConfiguration.class,
			SseLocalAutoConfiguration.class, SseRedisAutoConfiguration.class, SseWebAutoConfiguration.class,
			SseMetricsAutoConfiguration.class, SseHealthAutoConfiguration.class })
	static class Host {

		@Bean
		SimpleMeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

	}

}
