package io.github.sseredis.autoconfigure;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.Assert;

/**
 * Matches when there is a connection factory, even one that is no default candidate:
 * {@code @SseRedis} may select it.
 */
final class OnRedisConnectionFactoryCondition extends SpringBootCondition implements ConfigurationCondition {

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ListableBeanFactory beanFactory = context.getBeanFactory();
		Assert.state(beanFactory != null, "Beans are looked for before there is a bean factory");
		String[] names = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, RedisConnectionFactory.class,
				true, false);
		ConditionMessage.Builder message = ConditionMessage.forCondition("RedisConnectionFactory");
		return (names.length > 0) ? ConditionOutcome.match(message.found("bean", "beans").items((Object[]) names))
				: ConditionOutcome.noMatch(message.didNotFind("any bean").atAll());
	}

}
