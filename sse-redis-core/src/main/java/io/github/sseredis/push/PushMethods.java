package io.github.sseredis.push;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.sseredis.SsePush;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.MethodClassKey;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** Finds the methods that push, once per class. Thread-safe. */
final class PushMethods {

	private static final Logger logger = LoggerFactory.getLogger(SsePush.class);

	private final Map<Class<?>, PushClass> classes = new ConcurrentHashMap<>();

	private final Map<MethodClassKey, List<PushOperation>> calls = new ConcurrentHashMap<>();

	/**
	 * Returns the methods of a class that push.
	 * @throws InvalidPushException if one of them could never push
	 */
	PushClass of(Class<?> beanClass) {
		return this.classes.computeIfAbsent(ClassUtils.getUserClass(beanClass), PushMethods::read);
	}

	/** Returns what a method pushes that was called on an object of a class. */
	List<PushOperation> of(Method called, Class<?> beanClass) {
		return this.calls.computeIfAbsent(new MethodClassKey(called, beanClass),
				(key) -> of(beanClass).operations(called));
	}

	private static PushClass read(Class<?> type) {
		Map<Method, List<MergedAnnotation<SsePush>>> annotations = annotations(type);
		if (annotations.isEmpty()) {
			return new PushClass(type, Map.of());
		}
		StandardEvaluationContext shared = PushContext.shared(type.getClassLoader());
		Map<Method, List<PushOperation>> operations = new LinkedHashMap<>();
		annotations.forEach(
				(method, found) -> operations.put(method, new PushOperationReader(method, type, shared).read(found)));
		return new PushClass(type, operations);
	}

	private static Map<Method, List<MergedAnnotation<SsePush>>> annotations(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, SsePush.class) || isOfSpring(type)) {
			return Map.of();
		}
		try {
			return MethodIntrospector.selectMethods(type,
					(MetadataLookup<List<MergedAnnotation<SsePush>>>) PushMethods::annotations);
		}
		// A type in a signature may be absent, which is no reason to refuse the bean.
		catch (IllegalStateException | LinkageError ex) {
			logger.debug("Cannot look for @SsePush in {}", type, ex);
			return Map.of();
		}
	}

	// As for @Transactional, what an overriding method says replaces what it overrides.
	private static @Nullable List<MergedAnnotation<SsePush>> annotations(Method method) {
		MergedAnnotations annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
		if (!annotations.isPresent(SsePush.class)) {
			return null;
		}
		List<MergedAnnotation<SsePush>> all = annotations.stream(SsePush.class).toList();
		int nearest = all.stream().mapToInt(MergedAnnotation::getAggregateIndex).min().orElseThrow();
		return all.stream().filter((annotation) -> annotation.getAggregateIndex() == nearest).toList();
	}

	private static boolean isOfSpring(Class<?> type) {
		return type.getName().startsWith("org.springframework.")
				&& !AnnotatedElementUtils.isAnnotated(type, Component.class);
	}

}
