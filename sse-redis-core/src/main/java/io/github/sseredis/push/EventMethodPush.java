package io.github.sseredis.push;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What remains to be done when an event method has returned: to push, unless the proxy of
 * its bean has done so.
 */
final class EventMethodPush {

	private final Pusher pusher;

	private final List<PushOperation> operations;

	private EventMethodPush(Pusher pusher, List<PushOperation> operations) {
		this.pusher = pusher;
		this.operations = operations;
	}

	static EventMethodPush of(Pusher pusher, Method method, Class<?> beanClass, boolean proxied) {
		// Also when there is nothing to do, for the mistakes it finds.
		List<PushOperation> operations = pusher.methods().of(method, beanClass);
		return new EventMethodPush(pusher, proxied ? List.of() : operations);
	}

	void push(@Nullable Object[] arguments, @Nullable Object result) {
		if (!this.operations.isEmpty()) {
			this.pusher.push(this.operations, arguments, result);
		}
	}

	/** Hands the failure of an asynchronous result to where Spring logs it. */
	static void onFailure(Object result, Consumer<Throwable> handler) {
		if (result instanceof CompletionStage<?> stage) {
			stage.whenComplete((value, failure) -> {
				if (failure != null) {
					handler.accept(failure);
				}
			});
		}
	}

}
