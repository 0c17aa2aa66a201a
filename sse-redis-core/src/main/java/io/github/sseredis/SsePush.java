package io.github.sseredis;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Publishes what a method returns. Topic and payload are read and encoded as the method
 * returns; a push that fails is counted and logged and never breaks the caller.
 *
 * <p>
 * Nothing is pushed when the method throws, or when it returns null or an empty
 * {@code Optional} and no {@link #data()} is given. A {@code CompletionStage} is pushed
 * with its value; a collection is one event. On methods with {@code @EventListener} or
 * {@code @TransactionalEventListener} the return value is pushed and not published as an
 * application event; {@code @SsePush} alone makes no method a listener.
 *
 * <p>
 * The attributes of type expression are SpEL over the parameters ({@code #name},
 * {@code #p0}, {@code #a0}) and {@code #result}. They are parsed when the application
 * starts. A null inside an expression for a topic is an error, and nothing is pushed.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(SsePush.Container.class)
@Reflective
public @interface SsePush {

	/**
	 * Expression for the topic, or for a collection of topics of which each gets the
	 * event; an empty collection is none.
	 */
	String topic();

	/** The type of the event; empty for the default, {@code message}. */
	String event() default "";

	/** Expression for the payload; empty for the method's result. */
	String data() default "";

	/** Expression for whether to push; empty for always. */
	String condition() default "";

	/** Expression for the idempotency key; empty for none. */
	String idempotencyKey() default "";

	/** When to publish. */
	PushPhase phase() default PushPhase.AFTER_COMMIT;

	/** Holds several pushes of one method. */
	@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@Reflective
	@interface Container {

		/** The pushes, in the order in which they are published. */
		SsePush[] value();

	}

}
