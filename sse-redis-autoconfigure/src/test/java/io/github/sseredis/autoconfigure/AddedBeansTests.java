package io.github.sseredis.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** What a host finds in its context that was not there before. */
class AddedBeansTests {

	private static final Set<String> EXPECTED = Set.of("sse.broadcaster", "sse.buffering-filter-check",
			"sse.early-connection", "sse.emitter-registry", "sse.endpoint", "sse.event-encoder", "sse.event-log",
			"sse.java-version-check", "sse.jetty-idle-timeout-check", "sse.jetty-session-expiry", "sse.logout-listener",
			"sse.open-in-view-check", "sse.owner-resolver", "sse.payload-encoder", "sse.position-wait",
			"sse.redis-connection", "sse.redis-options", "sse.redis-subscription", "sse.startup-warnings",
			"sse.ticket-endpoint", "sse.ticket-store", "sse.tickets", "sse.tomcat-connections-check",
			"sse.topic-resolver", "sse.web-mvc-configurer", "sse.connection-meters", "sse.event-log-meters",
			"sse.publish-meters", "sse.redis-publish-meters", "sse.subscription-meters", "sse.ticket-meters",
			"sse.publish-observation-configurer", "sse.stream-observation-post-processor", "sse.actuator-endpoint",
			"sseHealthIndicator");

	@Test
	void hostGetsBeansOfOurTypesOnlyAndKeepsAllItHad() {
		try (ConfigurableApplicationContext without = run("--sse.enabled=false");
				ConfigurableApplicationContext with = run("--sse.enabled=true")) {
			Set<String> added = new TreeSet<>(Arrays.asList(with.getBeanDefinitionNames()));
			assertThat(added).contains(without.getBeanDefinitionNames());
			added.removeAll(Arrays.asList(without.getBeanDefinitionNames()));
			assertThat(added).containsAll(EXPECTED)
				.allSatisfy(
						(name) -> assertThat(with.getType(name).getName()).as(name).startsWith("io.github.sseredis."));
		}
	}

	@Test
	void namesAreSuchThatNoComponentScanFindsThem() {
		try (ConfigurableApplicationContext context = run()) {
			List<String> ours = new ArrayList<>();
			for (String name : context.getBeanDefinitionNames()) {
				if (context.getType(name).getName().startsWith("io.github.sseredis.") && !name.startsWith("ssePush")
						&& !name.equals("sseHealthIndicator")) {
					ours.add(name);
				}
			}
			assertThat(ours).isNotEmpty().allMatch((name) -> name.contains("."));
		}
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		return new SpringApplicationBuilder(Host.class)
			.properties("server.port=0", "spring.main.banner-mode=off", "spring.data.redis.port=1",
					"sse.endpoint.path=/sse", "sse.ticket.path=/tickets",
					"management.endpoints.web.exposure.include=sse")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = { "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
					"org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration" })
	static class Host {

	}

}
