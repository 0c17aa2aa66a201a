package io.github.sseredis.push;

import org.jspecify.annotations.Nullable;

import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.expression.spel.support.StandardTypeLocator;

/**
 * What expressions see of one call: the variables, and no way to assign to anything that
 * belongs to the caller. Not thread-safe.
 */
final class PushContext extends StandardEvaluationContext {

	private final PushVariables variables;

	private final @Nullable Object[] arguments;

	private final @Nullable Object result;

	PushContext(StandardEvaluationContext shared, PushVariables variables, @Nullable Object[] arguments,
			@Nullable Object result) {
		shared.applyDelegatesTo(this);
		this.variables = variables;
		this.arguments = arguments;
		this.result = result;
	}

	/** Returns what the contexts of all calls share: caches of reflection. */
	static StandardEvaluationContext shared(@Nullable ClassLoader classLoader) {
		StandardEvaluationContext shared = new StandardEvaluationContext();
		// Not the context class loader: that of an executor's thread may not see the
		// host's types.
		shared.setTypeLocator(new StandardTypeLocator(classLoader));
		// The delegates are created lazily, which is not thread-safe.
		shared.applyDelegatesTo(new StandardEvaluationContext());
		return shared;
	}

	@Override
	public @Nullable Object lookupVariable(String name) {
		return this.variables.value(name, this.arguments, this.result);
	}

	@Override
	public boolean isAssignmentEnabled() {
		return false;
	}

}
