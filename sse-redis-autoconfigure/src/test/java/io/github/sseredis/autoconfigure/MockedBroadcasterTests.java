package io.github.sseredis.autoconfigure;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.EventId;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
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

	@Test
	void applicationStartsWithTheMock() {
		given(this.broadcaster.lastEventId()).willReturn(EventId.parse("1"));
		assertThat(this.broadcaster.lastEventId()).hasToString("1");
		assertThat(this.emitterRegistry.disconnect("kim")).isCompleted();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
			DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class, SseAutoConfiguration.class,
			SseLocalAutoConfiguration.class, SseRedisAutoConfiguration.class, SseWebAutoConfiguration.class })
	static class Host {

	}

}
