package io.github.sseredis.autoconfigure;

import java.util.Arrays;
import java.util.List;

import io.github.sseredis.autoconfigure.SseProperties.BroadcasterType;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The condition of {@link ConditionalOnBroadcaster}. Binds the property: a value that
 * does not exist stops the start here, not with a bean that is missing in consequence.
 */
final class OnBroadcasterCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		List<BroadcasterType> wanted = Arrays.asList(metadata.getAnnotations()
			.get(ConditionalOnBroadcaster.class)
			.getEnumArray("value", BroadcasterType.class));
		BroadcasterType actual = Binder.get(context.getEnvironment())
			.bind("sse.broadcaster", BroadcasterType.class)
			.orElse(BroadcasterType.AUTO);
		ConditionMessage message = ConditionMessage.forCondition(ConditionalOnBroadcaster.class)
			.because("sse.broadcaster is " + actual);
		return new ConditionOutcome(wanted.contains(actual), message);
	}

}
