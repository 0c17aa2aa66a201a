package io.github.sseredis.autoconfigure;

import java.io.IOException;
import java.util.List;

import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.StreamEnd;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link StartupWarnings}, by what the log of a started host says. */
@ExtendWith(OutputCaptureExtension.class)
class StartupWarningsTests {

	private final WebApplicationContextRunner runner = Hosts.tomcat().withBean(StreamController.class);

	private final WebApplicationContextRunner withJpa = this.runner
		.withConfiguration(
				AutoConfigurations.of(DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true", "spring.jpa.hibernate.ddl-auto=none");

	@Test
	void nothingIsSaidWhenAllIsWell(CapturedOutput output) {
		this.withJpa.withPropertyValues("spring.jpa.open-in-view=false")
			.withBean(ShallowEtagHeaderFilter.class)
			.withBean(SelectiveFilter.class)
			.withBean(ThoughtfulFilter.class)
			.run((context) -> {
				try (RawSseClient client = RawSseClient.open(Hosts.uri(context, "/stream?topic=a"))) {
					client.awaitBlocks(1);
				}
				assertThat(warnings(output)).isEmpty();
			});
	}

	@Test
	void openInViewIsNamedOnce(CapturedOutput output) {
		this.withJpa.run((context) -> assertThat(warnings(output)).singleElement()
			.asString()
			.contains("Set spring.jpa.open-in-view=false"));
	}

	@Test
	void nothingIsSaidAgainWhenAContextBelowStarts(CapturedOutput output) {
		this.withJpa.run((context) -> {
			try (AnnotationConfigApplicationContext below = new AnnotationConfigApplicationContext()) {
				below.setParent(context.getSourceApplicationContext());
				below.refresh();
			}
			assertThat(warnings(output)).hasSize(1);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.tomcat.max-connections=7999", "sse.limits.connections=8193" })
	void tooFewConnectionsOfTomcatAreNamed(String property, CapturedOutput output) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(warnings(output)).singleElement()
				.asString()
				.contains("server.tomcat.max-connections", "sse.limits.connections ("));
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.tomcat.max-connections=8000", "server.tomcat.max-connections=-1",
			"sse.limits.connections=0" })
	void enoughConnectionsOfTomcatAreNot(String property, CapturedOutput output) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(warnings(output)).isEmpty());
	}

	@Test
	void oldJavaIsNamed() {
		assertThat(new JavaVersionCheck(17).problem())
			.hasValueSatisfying((message) -> assertThat(message).contains("this is Java 17", "Java 24 or newer"));
		assertThat(new JavaVersionCheck(23).problem()).isPresent();
		assertThat(new JavaVersionCheck(24).problem()).isEmpty();
	}

	@Test
	void javaThatRunsIsTheOneThatIsJudged() {
		this.runner.run((context) -> assertThat(context.getBean(JavaVersionCheck.class).feature())
			.isEqualTo(Runtime.version().feature()));
	}

	@Test
	void timeoutOfAsyncRequestsIsNotNamedForItCutsNoStream(CapturedOutput output) {
		this.runner.withPropertyValues("spring.mvc.async.request-timeout=100ms", "sse.heartbeat-interval=300ms")
			.run((context) -> {
				try (RawSseClient client = RawSseClient.open(Hosts.uri(context, "/stream?topic=a"))) {
					client.awaitBlocks(5);
					assertThat(client.end()).isEqualTo(StreamEnd.NONE);
				}
				assertThat(warnings(output)).isEmpty();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.jetty.connection-idle-timeout=29s", "sse.heartbeat-interval=16s" })
	void idleTimeoutOfJettyThatResetsStreamsOfHttp2IsNamed(String property, CapturedOutput output) {
		Hosts.jetty()
			.withPropertyValues("server.http2.enabled=true", property)
			.run((context) -> assertThat(warnings(output)).singleElement()
				.asString()
				.contains("Set server.jetty.connection-idle-timeout", "sse.heartbeat-interval"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.http2.enabled=true", "server.jetty.connection-idle-timeout=1s" })
	void idleTimeoutOfJettyThatHarmsNoStreamIsNot(String property, CapturedOutput output) {
		Hosts.jetty().withPropertyValues(property).run((context) -> assertThat(warnings(output)).isEmpty());
	}

	@Test
	void filterThatKeepsResponsesIsNamed(CapturedOutput output) {
		this.runner.withBean(LoggingFilter.class)
			.run((context) -> assertThat(warnings(output)).singleElement()
				.asString()
				.contains(LoggingFilter.class.getName(), "shouldNotFilter"));
	}

	@Test
	void registeredFilterThatKeepsResponsesIsNamed(CapturedOutput output) {
		this.runner.withUserConfiguration(Registration.class)
			.run((context) -> assertThat(warnings(output)).singleElement()
				.asString()
				.contains(LoggingFilter.class.getName()));
	}

	@Test
	void filterThatKeepsAStreamAfterAllIsNamedOnceWhenItOpens(CapturedOutput output) {
		this.runner.withBean(SelectiveFilter.class).run((context) -> {
			assertThat(warnings(output)).isEmpty();
			for (int i = 0; i < 2; i++) {
				try (RawSseClient client = RawSseClient.open(Hosts.uri(context, "/stream?topic=a&keep"))) {
					Awaitility.await().until(() -> !warnings(output).isEmpty());
				}
			}
			assertThat(warnings(output)).singleElement().asString().contains("/stream", "shouldNotFilter");
		});
	}

	// Which Java runs the tests is not their subject.
	private static List<String> warnings(CapturedOutput output) {
		return output.toString()
			.lines()
			.filter((line) -> line.contains("StartupWarnings") || line.contains("BufferedStreamWarning"))
			.filter((line) -> line.contains("WARN") && !line.contains("this is Java "))
			.toList();
	}

	/** From a tutorial on logging. */
	static class LoggingFilter extends OncePerRequestFilter {

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			ContentCachingResponseWrapper wrapper = new ContentCachingResponseWrapper(response);
			chain.doFilter(request, wrapper);
			wrapper.copyBodyToResponse();
		}

	}

	/** Has thought of some requests. */
	static class SelectiveFilter extends LoggingFilter {

		@Override
		protected boolean shouldNotFilter(HttpServletRequest request) {
			return request.getParameter("keep") == null;
		}

	}

	/** Keeps responses, and says itself which not. */
	static class ThoughtfulFilter extends OncePerRequestFilter {

		@Override
		protected boolean shouldNotFilter(HttpServletRequest request) {
			return request.getRequestURI().equals("/stream");
		}

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			ContentCachingResponseWrapper wrapper = new ContentCachingResponseWrapper(response);
			chain.doFilter(request, wrapper);
			wrapper.copyBodyToResponse();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		FilterRegistrationBean<Filter> loggingFilterRegistration() {
			return new FilterRegistrationBean<>(new LoggingFilter());
		}

	}

}
