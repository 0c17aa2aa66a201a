package io.github.sseredis.push;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.context.event.ApplicationListenerMethodAdapter;

/** Calls a method with {@code @EventListener} whose result is pushed, not published. */
final class PushEventListener extends ApplicationListenerMethodAdapter {

	private final EventMethodPush push;

	PushEventListener(String beanName, Class<?> type, Method method, EventMethodPush push) {
		super(beanName, type, method);
		this.push = push;
	}

	@Override
	protected @Nullable Object doInvoke(@Nullable Object... args) {
		Object result = super.doInvoke(args);
		this.push.push(args, result);
		return result;
	}

	@Override
	protected void handleResult(Object result) {
		EventMethodPush.onFailure(result, this::handleAsyncError);
	}

}
