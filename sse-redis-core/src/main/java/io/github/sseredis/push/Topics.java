package io.github.sseredis.push;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Reads the value of an expression for topics. */
final class Topics {

	private Topics() {
	}

	/**
	 * Returns the topics, each once, in their order.
	 * @throws IllegalArgumentException if the value is anything but texts
	 */
	static Set<String> of(Object value) {
		Set<String> topics = new LinkedHashSet<>();
		for (Object element : elements(value)) {
			if (!(element instanceof CharSequence)) {
				throw new IllegalArgumentException(
						"a topic must be a String, got " + (element != null ? element.getClass().getName() : "null"));
			}
			topics.add(element.toString());
		}
		return topics;
	}

	private static Collection<? extends @Nullable Object> elements(Object value) {
		if (value instanceof Collection<?> collection) {
			return collection;
		}
		return value instanceof Object[] array ? Arrays.asList(array) : List.of(value);
	}

}
