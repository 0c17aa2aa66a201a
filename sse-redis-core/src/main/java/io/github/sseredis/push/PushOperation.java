package io.github.sseredis.push;

import java.util.Objects;
import java.util.Set;

import io.github.sseredis.PushPhase;
import io.github.sseredis.SseEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.expression.spel.support.StandardEvaluationContext;

/** One {@code @SsePush} of one method, parsed and checked. Thread-safe. */
final class PushOperation {

	private final Expressions expressions;

	private final @Nullable String type;

	private final PushPhase phase;

	private final PushVariables variables;

	private final StandardEvaluationContext shared;

	private final PushStatus status;

	PushOperation(Expressions expressions, @Nullable String type, PushPhase phase, PushVariables variables,
			StandardEvaluationContext shared, PushStatus status) {
		this.expressions = expressions;
		this.type = type;
		this.phase = phase;
		this.variables = variables;
		this.shared = shared;
		this.status = status;
	}

	PushPhase phase() {
		return this.phase;
	}

	PushStatus status() {
		return this.status;
	}

	/**
	 * Returns what a call pushes; null if nothing.
	 * @param arguments the arguments of the call
	 * @param result what it returned, out of its {@code CompletionStage} if it was in one
	 * @throws PushFailedException if an expression fails
	 */
	@Nullable Push evaluate(@Nullable Object[] arguments, @Nullable Object result) throws PushFailedException {
		if (result == null && this.expressions.data == null) {
			return null;
		}
		PushContext context = new PushContext(this.shared, this.variables, arguments, result);
		if (this.expressions.condition != null && !isTrue(this.expressions.condition, context)) {
			return null;
		}
		Set<String> topics = topics(context);
		return topics.isEmpty() ? null : new Push(topics, event(context, result));
	}

	private static boolean isTrue(PushExpression condition, PushContext context) {
		Object value = condition.require(context);
		if (value instanceof Boolean decision) {
			return decision;
		}
		throw condition.failed("the value is no boolean but a " + value.getClass().getName(), null);
	}

	private Set<String> topics(PushContext context) {
		Object value = this.expressions.topic.require(context);
		try {
			return Topics.of(value);
		}
		catch (IllegalArgumentException ex) {
			throw this.expressions.topic.failed(String.valueOf(ex.getMessage()), ex);
		}
	}

	// A method may return an event; what the annotation says goes before what the event
	// says.
	private SseEvent event(PushContext context, @Nullable Object result) {
		Object payload = this.expressions.data != null ? this.expressions.data.require(context)
				: Objects.requireNonNull(result);
		String key = this.expressions.idempotencyKey != null
				? this.expressions.idempotencyKey.require(context).toString() : null;
		SseEvent event = payload instanceof SseEvent given ? given : SseEvent.of(payload);
		return SseEvent.builder()
			.type(this.type != null ? this.type : event.type())
			.data(event.data())
			.idempotencyKey(key != null ? key : event.idempotencyKey())
			.build();
	}

	/**
	 * The expressions of an operation.
	 *
	 * @param topic null-strict
	 * @param data null for the result
	 * @param condition null for always
	 * @param idempotencyKey null-strict; null for none
	 */
	record Expressions(PushExpression topic, @Nullable PushExpression data, @Nullable PushExpression condition,
			@Nullable PushExpression idempotencyKey) {

	}

}
