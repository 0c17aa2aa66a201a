package io.github.sseredis.push;

import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Pushes when a method has returned, not when it has thrown. */
final class PushInterceptor implements MethodInterceptor {

	private final Pusher pusher;

	PushInterceptor(Pusher pusher) {
		this.pusher = pusher;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object result = invocation.proceed();
		Method method = invocation.getMethod();
		Object target = invocation.getThis();
		Class<?> targetClass = target != null ? target.getClass() : method.getDeclaringClass();
		this.pusher.push(this.pusher.methods().of(method, targetClass), invocation.getArguments(), result);
		return result;
	}

}
