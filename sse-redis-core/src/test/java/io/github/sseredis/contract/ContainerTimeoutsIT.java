package io.github.sseredis.contract;

import java.time.Duration;

import io.github.sseredis.test.SseBlock;
import io.github.sseredis.test.StreamEnd;
import io.github.sseredis.test.WireClient;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/** A stream outlives whatever times the application and its server set for requests. */
@ExtendWith(OutputCaptureExtension.class)
class ContainerTimeoutsIT {

	private static final int TIMEOUT = 700;

	// Longer than each of them: what keeps a stream is not that something is written.
	private static final Duration HEARTBEAT = Duration.ofMillis(1500);

	private static final Duration SOON = Duration.ofSeconds(20);

	// Jetty resets streams of HTTP/2 that are quiet for longer; there is a warning for
	// that.
	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JETTY_H2C")
	void noneReachesAStream(WebServer webServer, CapturedOutput output) throws Exception {
		try (Instance instance = Instance.local()
			.on(webServer)
			.options((options) -> options.heartbeatInterval(HEARTBEAT))
			.property("spring.mvc.async.request-timeout=" + TIMEOUT)
			.property("server.jetty.connection-idle-timeout=" + TIMEOUT)
			.property("server.tomcat.connection-timeout=" + TIMEOUT)
			.property("server.tomcat.keep-alive-timeout=" + TIMEOUT)
			.beans((context) -> {
				context.registerBean(HurriedConfigurer.class);
				context.registerBean(HurriedConnector.class);
			})
			.start(); WireClient client = instance.open("a")) {
			client.awaitBlocks(3);
			assertThat(client.end()).isEqualTo(StreamEnd.NONE);
			instance.broadcaster().broadcast("a", "still there").join();
			assertThat(client.awaitBlock(SseBlock::isEvent, SOON).data()).isEqualTo("still there");
			assertThat(instance.registry().connectionCount()).isEqualTo(1);
		}
		assertThat(output).doesNotContain("WARN").doesNotContain("ERROR").doesNotContain("Exception");
	}

	static class HurriedConfigurer implements WebMvcConfigurer {

		@Override
		public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
			configurer.setDefaultTimeout(TIMEOUT);
		}

	}

	static class HurriedConnector implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

		@Override
		public void customize(TomcatServletWebServerFactory factory) {
			factory.addConnectorCustomizers((connector) -> connector.setAsyncTimeout(TIMEOUT));
		}

	}

}
