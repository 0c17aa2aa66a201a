package io.github.sseredis.push;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.ast.Literal;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/** One expression of an {@code @SsePush}, parsed and checked. Thread-safe. */
final class PushExpression {

	private static final SpelParserConfiguration CONFIGURATION = new SpelParserConfiguration();

	private static final SpelExpressionParser PARSER = new SpelExpressionParser(CONFIGURATION);

	private final PushAttribute attribute;

	private final SpelExpression expression;

	private PushExpression(PushAttribute attribute, SpelExpression expression) {
		this.attribute = attribute;
		this.expression = expression;
	}

	/**
	 * Returns the expression of an attribute.
	 * @throws InvalidPushException if no evaluation of it could succeed
	 */
	static PushExpression parse(PushAttribute attribute, PushVariables variables) {
		SpelExpression expression = parse(attribute);
		new ExpressionCheck(attribute, variables, false).check(expression.getAST(), false);
		return new PushExpression(attribute, expression);
	}

	/**
	 * Returns the expression of an attribute as one that fails rather than make a null
	 * part of its value.
	 * @throws InvalidPushException if no evaluation of it could succeed
	 */
	static PushExpression parseNullStrict(PushAttribute attribute, PushVariables variables) {
		SpelNode ast = parse(attribute).getAST();
		new ExpressionCheck(attribute, variables, true).check(ast, false);
		return new PushExpression(attribute,
				new SpelExpression(attribute.text(), NullStrict.rebuild(ast), CONFIGURATION));
	}

	private static SpelExpression parse(PushAttribute attribute) {
		try {
			return PARSER.parseRaw(attribute.text());
		}
		catch (ParseException | IllegalStateException ex) {
			throw attribute.invalid("is no valid expression: " + ex.getMessage(),
					"Correct the SpEL expression. A text needs quotes of its own, as in \"'mart:' + #p0\".");
		}
	}

	/** Returns the value that the expression has in every call; null if that depends. */
	@Nullable Object constant() {
		return this.expression.getAST() instanceof Literal literal ? literal.getLiteralValue().getValue() : null;
	}

	/** Returns the value; an {@code Optional} counts as what it contains. */
	@Nullable Object evaluate(PushContext context) throws PushFailedException {
		try {
			Object value = this.expression.getValue(context);
			return value instanceof Optional<?> optional ? optional.orElse(null) : value;
		}
		// Whatever the host's getters throw must not reach the caller.
		catch (Throwable ex) {
			Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
			throw failed(ex.getMessage() + (root.equals(ex) ? "" : " (" + root + ")"), ex);
		}
	}

	/** Returns the value, which must not be null. */
	Object require(PushContext context) throws PushFailedException {
		Object value = evaluate(context);
		if (value == null) {
			throw failed("the value is null", null);
		}
		return value;
	}

	PushFailedException failed(String reason, @Nullable Throwable cause) {
		return new PushFailedException(this.attribute + ": " + reason, cause);
	}

}
