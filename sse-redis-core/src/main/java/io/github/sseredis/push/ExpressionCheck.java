package io.github.sseredis.push;

import java.util.Map;

import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.Assign;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.ConstructorReference;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.InlineMap;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OpDec;
import org.springframework.expression.spel.ast.OpInc;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.VariableReference;

/**
 * Finds, when the application starts, what would fail every evaluation of an expression.
 */
final class ExpressionCheck {

	private static final String ONLY_VARIABLES = "Use the parameters, #result and static methods, as in "
			+ "T(com.example.Topics).of(#p0).";

	private static final Map<Class<?>, String> REFUSED = Map.of(Assign.class, "assigns", OpInc.class, "assigns",
			OpDec.class, "assigns", BeanReference.class, "names a bean", FunctionReference.class, "calls a function");

	private final PushAttribute attribute;

	private final PushVariables variables;

	private final boolean nullStrict;

	ExpressionCheck(PushAttribute attribute, PushVariables variables, boolean nullStrict) {
		this.attribute = attribute;
		this.variables = variables;
		this.nullStrict = nullStrict;
	}

	/**
	 * Fails if a node, or one below it, can never be evaluated.
	 * @param inElement whether the node is evaluated for an element of a collection,
	 * whose properties need no variable
	 */
	void check(SpelNode node, boolean inElement) {
		String refusal = REFUSED.get(node.getClass());
		if (refusal == null && this.nullStrict && node instanceof ConstructorReference) {
			refusal = "creates an object";
		}
		if (refusal != null) {
			throw this.attribute.invalid(refusal + ": " + node.toStringAST(), ONLY_VARIABLES);
		}
		if (node instanceof VariableReference) {
			checkVariable(node.toStringAST().substring(1), inElement);
		}
		if ((node instanceof PropertyOrFieldReference || node instanceof MethodReference) && !inElement) {
			throw this.attribute.invalid("reads '" + node.toStringAST() + "', which belongs to nothing", "Write #"
					+ node.toStringAST() + " for a parameter, or quote a text: \"'" + node.toStringAST() + "'\".");
		}
		checkChildren(node, inElement);
	}

	private void checkVariable(String name, boolean inElement) {
		if (!(name.equals("this") && inElement)) {
			this.variables.require(name, this.attribute);
		}
	}

	private void checkChildren(SpelNode node, boolean inElement) {
		for (int i = 0; i < node.getChildCount(); i++) {
			SpelNode child = node.getChild(i);
			if (node instanceof CompoundExpression && i > 0) {
				checkStep(child, inElement);
			}
			else if (!isKey(node, child, i)) {
				check(child, inElement || node instanceof Projection || node instanceof Selection);
			}
		}
	}

	// What follows a dot belongs to what stands before it; its arguments do not.
	private void checkStep(SpelNode step, boolean inElement) {
		if (step instanceof PropertyOrFieldReference || step instanceof MethodReference) {
			checkChildren(step, inElement);
		}
		else {
			check(step, inElement);
		}
	}

	// In #map[key] and {key: 1} the key is a text, though it looks like a property.
	private static boolean isKey(SpelNode node, SpelNode child, int index) {
		return child instanceof PropertyOrFieldReference
				&& (node instanceof Indexer || (node instanceof InlineMap && index % 2 == 0));
	}

}
