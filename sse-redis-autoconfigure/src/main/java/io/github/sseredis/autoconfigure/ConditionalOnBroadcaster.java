package io.github.sseredis.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.sseredis.autoconfigure.SseProperties.BroadcasterType;

import org.springframework.context.annotation.Conditional;

/** Matches when {@code sse.broadcaster} is one of some values. */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnBroadcasterCondition.class)
@interface ConditionalOnBroadcaster {

	BroadcasterType[] value();

}
