package io.github.sseredis.autoconfigure;

import io.github.sseredis.SsePush;
import io.github.sseredis.push.RecordingBroadcaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Tests for {@link InvalidPushFailureAnalyzer}, through {@link SpringApplication}. */
@ExtendWith(OutputCaptureExtension.class)
class SsePushFailureAnalyzerTests {

	@Test
	void namesMethodExpressionAndRemedyWhenExpressionIsNoSpel(CapturedOutput output) {
		assertThat(catchThrowable(() -> start(BadSyntax.class))).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("@SsePush on " + BadSyntax.class.getName() + ".place(int): topic = \"'mart:' + \" is no valid")
			.contains("Correct the SpEL expression.");
	}

	@Test
	void namesMethodAndRemedyWhenEventMethodIsPrivate(CapturedOutput output) {
		assertThat(catchThrowable(() -> start(PrivateListener.class))).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains(PrivateListener.class.getName() + ".on(String): the method is private")
			.contains("Make it package-private");
	}

	private static void start(Class<?> bean) {
		new SpringApplicationBuilder(Host.class, bean).web(WebApplicationType.NONE).run().close();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SsePushAutoConfiguration.class)
	static class Host {

		@Bean
		RecordingBroadcaster broadcaster() {
			return new RecordingBroadcaster();
		}

	}

	static class BadSyntax {

		@SsePush(topic = "'mart:' + ")
		public int place(int mart) {
			return mart;
		}

	}

	static class PrivateListener {

		@EventListener
		@SsePush(topic = "'t'")
		private String on(String event) {
			return event;
		}

	}

}
