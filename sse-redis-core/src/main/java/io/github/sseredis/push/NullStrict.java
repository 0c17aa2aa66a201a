package io.github.sseredis.push;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.expression.EvaluationException;
import org.springframework.expression.TypedValue;
import org.springframework.expression.spel.ExpressionState;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.Elvis;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.InlineList;
import org.springframework.expression.spel.ast.InlineMap;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OpDivide;
import org.springframework.expression.spel.ast.OpMinus;
import org.springframework.expression.spel.ast.OpModulus;
import org.springframework.expression.spel.ast.OpMultiply;
import org.springframework.expression.spel.ast.OpPlus;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.SpelNodeImpl;
import org.springframework.expression.spel.ast.Ternary;

/**
 * Rebuilds an expression so that a null which would end up inside its value fails it. In
 * SpEL alone {@code 'user:' + #id} is {@code user:null} when there is no ID, and all who
 * have none would share a topic. What handles a null on purpose ({@code ?:}, a
 * comparison) still does.
 */
final class NullStrict {

	// Every node that makes its value of those of its children. What is not here yields a
	// boolean, selects from what it is given, or is refused by ExpressionCheck.
	private static final Map<Class<?>, Node> REBUILT = Map.ofEntries(Map.entry(OpPlus.class, OpPlus::new),
			Map.entry(OpMinus.class, OpMinus::new), Map.entry(OpMultiply.class, OpMultiply::new),
			Map.entry(OpDivide.class, OpDivide::new), Map.entry(OpModulus.class, OpModulus::new),
			Map.entry(Ternary.class, Ternary::new), Map.entry(Elvis.class, Elvis::new),
			Map.entry(InlineList.class, InlineList::new), Map.entry(InlineMap.class, InlineMap::new),
			Map.entry(CompoundExpression.class, CompoundExpression::new));

	private NullStrict() {
	}

	static SpelNodeImpl rebuild(SpelNode node) {
		SpelNodeImpl[] children = new SpelNodeImpl[node.getChildCount()];
		for (int i = 0; i < children.length; i++) {
			children[i] = rebuild(node.getChild(i));
			if (node instanceof OpPlus) {
				children[i] = new Operand(children[i]);
			}
			else if (node instanceof MethodReference) {
				children[i] = new Required(children[i]);
			}
		}
		int start = node.getStartPosition();
		int end = node.getEndPosition();
		if (node instanceof MethodReference method) {
			return new MethodReference(method.isNullSafe(), method.getName(), start, end, children);
		}
		if (node instanceof Projection projection) {
			return new Projection(projection.isNullSafe(), start, end, children[0]);
		}
		if (node instanceof Indexer indexer) {
			return new Indexer(indexer.isNullSafe(), start, end, children[0]);
		}
		Node rebuilt = REBUILT.get(node.getClass());
		return rebuilt != null ? rebuilt.create(start, end, children) : (SpelNodeImpl) node;
	}

	private interface Node {

		SpelNodeImpl create(int start, int end, SpelNodeImpl... children);

	}

	/** Evaluates to the value of its child, which must not be null, nor contain one. */
	private static class Required extends SpelNodeImpl {

		Required(SpelNodeImpl child) {
			super(child.getStartPosition(), child.getEndPosition(), child);
		}

		@Override
		public TypedValue getValueInternal(ExpressionState state) throws EvaluationException {
			TypedValue value = this.children[0].getValueInternal(state);
			if (value.getValue() == null || value.getValue().equals(Optional.empty())) {
				throw new EvaluationException(toStringAST() + " is null");
			}
			if (elements(value.getValue()).stream().anyMatch(Objects::isNull)) {
				throw new EvaluationException(toStringAST() + " has a null in it");
			}
			return value;
		}

		private static Collection<?> elements(Object value) {
			if (value instanceof Collection<?> collection) {
				return collection;
			}
			return value instanceof Object[] array ? Arrays.asList(array) : List.of();
		}

		@Override
		public String toStringAST() {
			return this.children[0].toStringAST();
		}

	}

	/** An operand of {@code +}, which becomes part of a text. */
	private static final class Operand extends Required {

		Operand(SpelNodeImpl child) {
			super(child);
		}

		@Override
		public TypedValue getValueInternal(ExpressionState state) throws EvaluationException {
			TypedValue typed = super.getValueInternal(state);
			Object value = typed.getValue();
			if (value instanceof Optional<?> optional) {
				return new TypedValue(optional.orElseThrow());
			}
			if (value instanceof Collection || value instanceof Map || (value != null && value.getClass().isArray())) {
				throw new EvaluationException(toStringAST() + " is a collection; for an event to each of its"
						+ " elements write " + toStringAST() + ".!['...' + #this]");
			}
			// A wrapper around nothing, such as an ID without a value.
			if (!(value instanceof CharSequence) && "null".equals(String.valueOf(value))) {
				throw new EvaluationException(toStringAST() + " is the text 'null'");
			}
			return typed;
		}

	}

}
