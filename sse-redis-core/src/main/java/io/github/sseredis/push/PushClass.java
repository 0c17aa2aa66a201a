package io.github.sseredis.push;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;

import org.springframework.aop.support.AopUtils;
import org.springframework.context.event.EventListener;
import org.springframework.core.KotlinDetector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * The methods of one class that push. A proxy pushes for them; only where none is
 * possible and the method is called by events alone, the listener does.
 *
 * @param type the class
 * @param operations what each method pushes, in this order
 */
record PushClass(Class<?> type, Map<Method, List<PushOperation>> operations) {

	private static final String OR_BROADCASTER = ", or call Broadcaster.broadcastAfterCommit instead.";

	/** Creates the class, refusing methods that no proxy can intercept. */
	PushClass {
		if (!isFinal(type)) {
			operations.keySet().forEach(PushClass::requireInterceptable);
		}
	}

	/** Whether there is something for a proxy to do, and a proxy is possible. */
	boolean isProxied() {
		return isFinal(this.type) ? !hasEventMethodsOnly() : !this.operations.isEmpty();
	}

	/** Returns what a method pushes that was called on an object of this class. */
	List<PushOperation> operations(Method called) {
		Method method = Proxy.isProxyClass(this.type) ? called : AopUtils.getMostSpecificMethod(called, this.type);
		return this.operations.getOrDefault(method, List.of());
	}

	/** Whether a proxy that implements the interfaces of the class sees every call. */
	boolean isReachableThroughInterfaces() {
		return this.operations.keySet().stream().allMatch(this::isOnInterface);
	}

	/**
	 * Fails if neither a subclass nor the interfaces of the class can serve as proxy.
	 * @param subclass whether proxies are to be subclasses
	 */
	void requireProxyable(boolean subclass) {
		if (isFinal(this.type) && isProxied() && (subclass || !isReachableThroughInterfaces())) {
			Method method = this.operations.keySet().stream().filter((each) -> !isEventMethod(each)).iterator().next();
			throw PushAttribute.invalid(method, "the class is final, so no proxy can push for it",
					remedy(this.type, "class"));
		}
	}

	/** Fails if a proxy that implements the interfaces of the class misses a method. */
	void requireReachableThroughInterfaces() {
		for (Method method : this.operations.keySet()) {
			if (!isOnInterface(method)) {
				throw PushAttribute.invalid(method,
						"the bean's proxy implements the interfaces of the class only, and the method is on none of them",
						"Declare the method in an interface, or remove spring.aop.proxy-target-class=false.");
			}
		}
	}

	private boolean isOnInterface(Method method) {
		return method.getDeclaringClass().isInterface()
				|| ClassUtils.getInterfaceMethodIfPossible(method, this.type).getDeclaringClass().isInterface();
	}

	private boolean hasEventMethodsOnly() {
		return this.operations.keySet().stream().allMatch(PushClass::isEventMethod);
	}

	private static boolean isEventMethod(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, EventListener.class);
	}

	// The classes of lambdas and of proxies are final, but have interfaces to stand in
	// for.
	private static boolean isFinal(Class<?> type) {
		return Modifier.isFinal(type.getModifiers()) && !Proxy.isProxyClass(type) && !ClassUtils.isLambdaClass(type);
	}

	private static void requireInterceptable(Method method) {
		int modifiers = method.getModifiers();
		if (Modifier.isStatic(modifiers)) {
			throw PushAttribute.invalid(method, "the method is static, so no proxy can push for it",
					"Make it a method of the bean" + OR_BROADCASTER);
		}
		if (Modifier.isPrivate(modifiers)) {
			throw PushAttribute.invalid(method, "the method is private, so no proxy can push for it",
					"Make it package-private, protected or public, and call it from another bean" + OR_BROADCASTER);
		}
		if (Modifier.isFinal(modifiers)) {
			throw PushAttribute.invalid(method, "the method is final, so no proxy can push for it",
					remedy(method.getDeclaringClass(), "method"));
		}
	}

	private static String remedy(Class<?> type, String what) {
		if (KotlinDetector.isKotlinType(type)) {
			return "Apply the compiler plugin kotlin-spring, or mark the " + what + " open" + OR_BROADCASTER;
		}
		return "Remove final from the " + what + OR_BROADCASTER;
	}

}
