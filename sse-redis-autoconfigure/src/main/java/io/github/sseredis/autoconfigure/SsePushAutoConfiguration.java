package io.github.sseredis.autoconfigure;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.SsePush;
import io.github.sseredis.push.PushEventListenerFactory;
import io.github.sseredis.push.PushPostProcessor;
import io.github.sseredis.push.Pusher;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link SsePush}, wherever there
 * is a {@link Broadcaster}: with or without a web server.
 */
@AutoConfiguration
// After whatever defines the broadcaster, the host's own auto-configuration included.
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnBooleanProperty(name = "sse.enabled", matchIfMissing = true)
@ConditionalOnBean(Broadcaster.class)
public final class SsePushAutoConfiguration {

	// All static, and the broadcaster looked up late: these beans are made before all
	// others, and nothing must be made with them.

	@Bean("sse.pusher")
	@ConditionalOnMissingBean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static Pusher pusher(ObjectProvider<Broadcaster> broadcaster) {
		return new Pusher(broadcaster);
	}

	@Bean("sse.push-post-processor")
	@ConditionalOnMissingBean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static PushPostProcessor pushPostProcessor(Pusher pusher, Environment environment) {
		PushPostProcessor processor = new PushPostProcessor(pusher);
		processor.setProxyTargetClass(environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
		return processor;
	}

	@Bean("sse.push-event-listener-factory")
	@ConditionalOnMissingBean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static PushEventListenerFactory pushEventListenerFactory(Pusher pusher) {
		return new PushEventListenerFactory(pusher);
	}

}
