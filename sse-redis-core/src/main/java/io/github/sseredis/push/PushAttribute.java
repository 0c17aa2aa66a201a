package io.github.sseredis.push;

import java.lang.reflect.Method;

import org.springframework.util.ClassUtils;

/**
 * One attribute of an {@code @SsePush} as it stands in the source, to be named when
 * something is wrong with it.
 *
 * @param method the method that carries the annotation
 * @param name the name of the attribute
 * @param text the value of the attribute
 */
record PushAttribute(Method method, String name, String text) {

	InvalidPushException invalid(String problem, String action) {
		return new InvalidPushException("@SsePush on " + nameOf(this.method) + ": " + this + " " + problem + ".",
				action);
	}

	static InvalidPushException invalid(Method method, String problem, String action) {
		return new InvalidPushException("@SsePush on " + nameOf(method) + ": " + problem + ".", action);
	}

	/** Returns the method as a reader of the log will look for it. */
	static String nameOf(Method method) {
		StringBuilder name = new StringBuilder(method.getDeclaringClass().getName()).append('.')
			.append(method.getName())
			.append('(');
		String separator = "";
		for (Class<?> type : method.getParameterTypes()) {
			name.append(separator).append(ClassUtils.getShortName(type));
			separator = ", ";
		}
		return name.append(')').toString();
	}

	@Override
	public String toString() {
		return this.name + " = \"" + this.text + "\"";
	}

}
