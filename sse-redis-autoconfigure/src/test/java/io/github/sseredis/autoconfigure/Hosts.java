package io.github.sseredis.autoconfigure;

import java.net.URI;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** The kinds of application that the library is added to. */
final class Hosts {

	private static final Log logger = LogFactory.getLog(Hosts.class);

	private static final AutoConfigurations own = AutoConfigurations.of(SseActuatorAutoConfiguration.class,
			SseAutoConfiguration.class, SseHealthAutoConfiguration.class, SseMetricsAutoConfiguration.class,
			SseObservationAutoConfiguration.class, SseLocalAutoConfiguration.class, SsePushAutoConfiguration.class,
			SseRedisAutoConfiguration.class, SseSecurityAutoConfiguration.class, SseStartupAutoConfiguration.class,
			SseWebAutoConfiguration.class);

	private Hosts() {
	}

	/** The auto-configurations of the library. */
	static AutoConfigurations own() {
		return own;
	}

	/** A batch, a Kafka consumer. */
	static ApplicationContextRunner plain() {
		return new ApplicationContextRunner().withConfiguration(own)
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class));
	}

	/** A WebFlux application. */
	static ReactiveWebApplicationContextRunner reactive() {
		return new ReactiveWebApplicationContextRunner().withConfiguration(own)
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class));
	}

	/** A Spring MVC application without a server. */
	static WebApplicationContextRunner servlet() {
		return new WebApplicationContextRunner().withConfiguration(own).withConfiguration(mvc());
	}

	/** A Spring MVC application on a Tomcat of its own. */
	static WebApplicationContextRunner tomcat() {
		return new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
			.withConfiguration(own)
			.withConfiguration(mvc())
			.withConfiguration(AutoConfigurations.of(TomcatServletWebServerAutoConfiguration.class,
					ErrorMvcAutoConfiguration.class))
			.withPropertyValues("server.port=0");
	}

	/** A Spring MVC application on a Jetty of its own. */
	static WebApplicationContextRunner jetty() {
		return new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
			.withConfiguration(own)
			.withConfiguration(mvc())
			.withConfiguration(AutoConfigurations.of(JettyServletWebServerAutoConfiguration.class,
					ErrorMvcAutoConfiguration.class))
			.withPropertyValues("server.port=0");
	}

	private static AutoConfigurations mvc() {
		return AutoConfigurations.of(JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
				DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class);
	}

	/** The address of a path of a host on Tomcat. */
	static URI uri(ApplicationContextAssertProvider<?> context, String path) {
		WebServer server = ((WebServerApplicationContext) context.getSourceApplicationContext()).getWebServer();
		assertThat(server).isNotNull();
		return URI.create("http://localhost:" + server.getPort() + path);
	}

	/** What Boot tells of a failed start, by the first analyzer that knows it. */
	static FailureAnalysis analysis(Throwable failure, Environment environment) {
		List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class,
					ArgumentResolver.of(Environment.class, environment)
						.and(BeanFactory.class, new DefaultListableBeanFactory()),
					// As Boot does: what an analyzer is for may be absent.
					FailureHandler.logging(logger));
		return analyzers.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter((analysis) -> analysis != null)
			.findFirst()
			.orElseThrow(() -> new AssertionError("Not analysed", failure));
	}

	static FailureAnalysis analysis(Throwable failure) {
		return analysis(failure, new MockEnvironment());
	}

}
