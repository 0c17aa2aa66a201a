package io.github.sseredis.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

import io.github.sseredis.SsePush;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Tells a native image what {@link SsePush} reaches by reflection alone: what a method
 * returns is encoded, and expressions read it and the arguments.
 */
final class PushAotProcessor implements BeanRegistrationAotProcessor {

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> beanClass = registeredBean.getBeanClass();
		if (!AnnotationUtils.isCandidateClass(beanClass, SsePush.class)) {
			return null;
		}
		Set<Method> methods = MethodIntrospector.selectMethods(beanClass, PushAotProcessor::pushes);
		return methods.isEmpty() ? null : (generation, code) -> methods
			.forEach((method) -> register(generation.getRuntimeHints().reflection(), method));
	}

	private static boolean pushes(Method method) {
		return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).isPresent(SsePush.class);
	}

	private void register(ReflectionHints hints, Method method) {
		hints.registerMethod(method, ExecutableMode.INVOKE);
		Set<Type> types = new LinkedHashSet<>(Arrays.asList(method.getGenericParameterTypes()));
		types.add(method.getGenericReturnType());
		this.bindings.registerReflectionHints(hints, types.toArray(new Type[0]));
	}

}
