package io.github.sseredis.push;

import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.BaseStream;

import io.github.sseredis.EventFrame;
import io.github.sseredis.PushPhase;
import io.github.sseredis.SsePush;
import io.github.sseredis.TopicName;
import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/** Makes operations of the annotations on one method, refusing those that cannot work. */
final class PushOperationReader {

	private final Method method;

	private final ResolvableType resultType;

	private final StandardEvaluationContext shared;

	PushOperationReader(Method method, Class<?> beanClass, StandardEvaluationContext shared) {
		this.method = method;
		this.resultType = resultType(method, beanClass);
		this.shared = shared;
	}

	/**
	 * Returns the operations.
	 * @throws InvalidPushException if one of them could never push anything
	 */
	List<PushOperation> read(List<MergedAnnotation<SsePush>> annotations) {
		return annotations.stream().map(this::read).toList();
	}

	private PushOperation read(MergedAnnotation<SsePush> annotation) {
		requireResult(!annotation.getString("data").isBlank());
		boolean hasResult = !isVoid();
		PushVariables variables = new PushVariables(declaringMethod(annotation), hasResult);
		PushAttribute topic = attribute(annotation, "topic");
		PushOperation.Expressions expressions = new PushOperation.Expressions(topic(topic, variables),
				optional(annotation, "data", variables), optional(annotation, "condition", variables),
				idempotencyKey(annotation, variables));
		return new PushOperation(expressions, type(annotation), annotation.getEnum("phase", PushPhase.class), variables,
				this.shared, new PushStatus(PushAttribute.nameOf(this.method) + ", " + topic, System::nanoTime));
	}

	private void requireResult(boolean dataGiven) {
		Class<?> type = this.resultType.resolve(Object.class);
		boolean reactive = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
		if (reactive || KotlinDetector.isSuspendingFunction(this.method)) {
			throw PushAttribute.invalid(this.method,
					"a reactive or suspending method has no result yet when it returns",
					"Call Broadcaster.broadcast where the value is known.");
		}
		if (dataGiven) {
			return;
		}
		if (isVoid()) {
			throw PushAttribute.invalid(this.method, "the method returns nothing, so there is nothing to push",
					"Return what is to be pushed, or say what it is, as in data = \"#p0\".");
		}
		if (BaseStream.class.isAssignableFrom(type) || Iterator.class.isAssignableFrom(type)) {
			throw PushAttribute.invalid(this.method, "the result, a " + type.getName() + ", can be read only once",
					"Return a collection, or say what is to be pushed in data.");
		}
	}

	private boolean isVoid() {
		Class<?> type = this.resultType.resolve(Object.class);
		return type == void.class || type == Void.class;
	}

	private PushExpression topic(PushAttribute attribute, PushVariables variables) {
		if (attribute.text().isBlank()) {
			throw attribute.invalid("names no topic", "Write an expression, as in \"'mart:' + #p0\".");
		}
		PushExpression topic = PushExpression.parseNullStrict(attribute, variables);
		Object constant = topic.constant();
		if (constant != null) {
			requireTopic(attribute, constant);
		}
		return topic;
	}

	private static void requireTopic(PushAttribute attribute, Object constant) {
		try {
			Topics.of(constant).forEach(TopicName::requireValid);
		}
		catch (IllegalArgumentException ex) {
			throw attribute.invalid("is no topic: " + ex.getMessage(), "Correct the name of the topic.");
		}
	}

	private @Nullable PushExpression idempotencyKey(MergedAnnotation<SsePush> annotation, PushVariables variables) {
		PushAttribute attribute = attribute(annotation, "idempotencyKey");
		return attribute.text().isBlank() ? null : PushExpression.parseNullStrict(attribute, variables);
	}

	private @Nullable PushExpression optional(MergedAnnotation<SsePush> annotation, String name,
			PushVariables variables) {
		PushAttribute attribute = attribute(annotation, name);
		return attribute.text().isBlank() ? null : PushExpression.parse(attribute, variables);
	}

	private @Nullable String type(MergedAnnotation<SsePush> annotation) {
		PushAttribute attribute = attribute(annotation, "event");
		try {
			EventFrame.encode(attribute.text(), "");
		}
		catch (IllegalArgumentException ex) {
			throw new PushAttribute(this.method, "event", attribute.text().replaceAll("\\p{Cntrl}", "?"))
				.invalid("is no event type: " + ex.getMessage(), "Use a type on one line.");
		}
		return attribute.text().isEmpty() ? null : attribute.text();
	}

	private PushAttribute attribute(MergedAnnotation<SsePush> annotation, String name) {
		return new PushAttribute(this.method, name, annotation.getString(name));
	}

	// The annotation may stand on a method of an interface, with other names than here.
	private Method declaringMethod(MergedAnnotation<SsePush> annotation) {
		return annotation.getSource() instanceof Method source ? source : this.method;
	}

	private static ResolvableType resultType(Method method, Class<?> beanClass) {
		ResolvableType returned = ResolvableType.forMethodReturnType(method, beanClass);
		ResolvableType stage = returned.as(CompletionStage.class);
		return stage.resolve() != null ? stage.getGeneric(0) : returned;
	}

}
