package io.github.sseredis.push;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;

/**
 * What the expressions on one method can name: its parameters, each as {@code #name},
 * {@code #p0} and {@code #a0}, and {@code #result}. Immutable.
 */
final class PushVariables {

	static final String RESULT = "result";

	private static final int RESULT_INDEX = -1;

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private final Map<String, Integer> indexes = new LinkedHashMap<>();

	private final boolean named;

	private final boolean resultIsAmbiguous;

	/**
	 * Creates the variables of a method.
	 * @param method the method that carries the annotation: its author sees the names of
	 * these parameters
	 * @param hasResult whether the method returns something
	 */
	PushVariables(Method method, boolean hasResult) {
		@Nullable String @Nullable [] names = NAMES.getParameterNames(method);
		for (int i = 0; i < method.getParameterCount(); i++) {
			this.indexes.put("p" + i, i);
			this.indexes.put("a" + i, i);
		}
		for (int i = 0; names != null && i < names.length; i++) {
			String name = names[i];
			if (name != null) {
				this.indexes.put(name, i);
			}
		}
		this.named = names != null || method.getParameterCount() == 0;
		this.resultIsAmbiguous = hasResult && this.indexes.containsKey(RESULT);
		if (hasResult) {
			this.indexes.put(RESULT, RESULT_INDEX);
		}
	}

	/**
	 * Fails if an expression names what is no parameter.
	 * @param name the name without {@code #}
	 */
	void require(String name, PushAttribute attribute) {
		if (RESULT.equals(name) && this.resultIsAmbiguous) {
			throw attribute.invalid("names #result, which is the result of the method and a parameter too",
					"Rename the parameter, or write #p0 for the first parameter, #p1 for the second.");
		}
		if (this.indexes.containsKey(name)) {
			return;
		}
		if (RESULT.equals(name)) {
			throw attribute.invalid("names #result, but the method returns nothing",
					"Use the parameters, or let the method return what is to be pushed.");
		}
		if (!this.named) {
			throw attribute.invalid(
					"names #" + name + ", but the class was compiled without the names of its parameters",
					"Compile with the option -parameters (Maven: <maven.compiler.parameters>true; Gradle: "
							+ "options.compilerArgs << '-parameters'; Kotlin: javaParameters = true), or write "
							+ "#p0 for the first parameter, #p1 for the second.");
		}
		throw attribute.invalid("names #" + name + ", which is no parameter of the method",
				"Use one of: #" + String.join(", #", this.indexes.keySet()) + ".");
	}

	/** Returns the value of a variable in one call. */
	@Nullable Object value(String name, @Nullable Object[] arguments, @Nullable Object result) {
		Integer index = this.indexes.get(name);
		if (index == null) {
			return null;
		}
		return index == RESULT_INDEX ? result : arguments[index];
	}

}
