package io.github.sseredis.autoconfigure;

import io.github.sseredis.EmitterRegistry;
import org.apache.coyote.AbstractProtocol;
import org.eclipse.jetty.server.Connector;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the warnings about settings of
 * the application that harm its streams.
 */
@AutoConfiguration(after = SseWebAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "sse.enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(EmitterRegistry.class)
public final class SseStartupAutoConfiguration {

	@Bean("sse.startup-warnings")
	StartupWarnings startupWarnings(ApplicationContext context, ObjectProvider<StartupCheck> checks) {
		return new StartupWarnings(context, checks.orderedStream().toList());
	}

	@Bean("sse.java-version-check")
	JavaVersionCheck javaVersionCheck() {
		return new JavaVersionCheck(Runtime.version().feature());
	}

	@Bean("sse.open-in-view-check")
	OpenInViewCheck openInViewCheck(ListableBeanFactory beanFactory) {
		return new OpenInViewCheck(beanFactory);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(FilterRegistrationBean.class)
	static class FilterConfiguration {

		@Bean("sse.buffering-filter-check")
		BufferingFilterCheck bufferingFilterCheck(ListableBeanFactory beanFactory) {
			return new BufferingFilterCheck(beanFactory);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JettyWebServer.class, Connector.class })
	static class JettyConfiguration {

		@Bean("sse.jetty-idle-timeout-check")
		JettyIdleTimeoutCheck jettyIdleTimeoutCheck(ApplicationContext context, SseProperties properties) {
			return new JettyIdleTimeoutCheck(context, properties.heartbeatInterval());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ TomcatWebServer.class, AbstractProtocol.class })
	static class TomcatConfiguration {

		@Bean("sse.tomcat-connections-check")
		TomcatConnectionsCheck tomcatConnectionsCheck(ApplicationContext context, SseProperties properties) {
			return new TomcatConnectionsCheck(context, properties.limits().connections());
		}

	}

}
