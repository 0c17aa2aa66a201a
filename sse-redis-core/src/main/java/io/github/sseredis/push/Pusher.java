package io.github.sseredis.push;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

import io.github.sseredis.AbstractBroadcaster;
import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import io.github.sseredis.PushPhase;
import io.github.sseredis.SseEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * Publishes what methods push, and counts how that goes. Thread-safe. What fails here
 * never reaches the caller of the method.
 */
public final class Pusher {

	private final PushMethods methods = new PushMethods();

	private final SingletonSupplier<Broadcaster> broadcaster;

	private final LongAdder published = new LongAdder();

	private final LongAdder failed = new LongAdder();

	/**
	 * Creates a pusher.
	 * @param broadcaster looked up for the first push
	 */
	public Pusher(ObjectProvider<Broadcaster> broadcaster) {
		this.broadcaster = SingletonSupplier.of(broadcaster::getObject);
	}

	/** The number of events that were published, one per topic, since the start. */
	public long published() {
		return this.published.sum();
	}

	/**
	 * The number of pushes that failed since the start: an expression could not be
	 * evaluated, or an event could not be published. A rollback is no failure.
	 */
	public long failed() {
		return this.failed.sum();
	}

	PushMethods methods() {
		return this.methods;
	}

	/**
	 * Pushes for a call that has returned.
	 * @param operations what the method pushes
	 * @param arguments the arguments of the call
	 * @param result what it returned
	 */
	void push(List<PushOperation> operations, @Nullable Object[] arguments, @Nullable Object result) {
		if (!(result instanceof CompletionStage<?> stage)) {
			operations.forEach((operation) -> push(operation, arguments, result, operation.phase()));
			return;
		}
		try {
			pushWhenComplete(operations, arguments, stage);
		}
		catch (RuntimeException ex) {
			operations.forEach((operation) -> failed(operation, ex));
		}
	}

	private void pushWhenComplete(List<PushOperation> operations, @Nullable Object[] arguments,
			CompletionStage<?> stage) {
		Thread caller = Thread.currentThread();
		boolean[] returning = { true };
		stage.whenComplete((value, failure) -> {
			// Complete already, the value belongs to the transaction that is running.
			// Later that is over, and another may be running where the stage is
			// completed.
			boolean inTransaction = caller.equals(Thread.currentThread()) && returning[0];
			if (failure == null) {
				operations.forEach((operation) -> push(operation, arguments, value,
						inTransaction ? operation.phase() : PushPhase.NOW));
			}
		});
		returning[0] = false;
	}

	private void push(PushOperation operation, @Nullable Object[] arguments, @Nullable Object result, PushPhase phase) {
		try {
			Push push = operation.evaluate(arguments,
					result instanceof Optional<?> optional ? optional.orElse(null) : result);
			if (push != null) {
				publish(push, operation, phase);
			}
		}
		// Anything: the method has done its work, and its transaction must not fail for
		// this.
		catch (Throwable ex) {
			failed(operation, ex);
		}
	}

	private void publish(Push push, PushOperation operation, PushPhase phase) {
		Broadcaster target = this.broadcaster.obtain();
		BiConsumer<@Nullable EventId, @Nullable Throwable> outcome = (id, failure) -> published(operation, failure);
		for (String topic : push.topics()) {
			if (target instanceof AbstractBroadcaster known) {
				publish(known, topic, push.event(), phase, outcome);
			}
			else {
				CompletionStage<EventId> future = phase == PushPhase.NOW ? target.broadcast(topic, push.event())
						: target.broadcastAfterCommit(topic, push.event());
				future.whenComplete(outcome);
			}
		}
	}

	private static void publish(AbstractBroadcaster target, String topic, SseEvent event, PushPhase phase,
			BiConsumer<@Nullable EventId, @Nullable Throwable> outcome) {
		if (phase == PushPhase.NOW) {
			target.broadcast(topic, event, outcome);
		}
		else {
			target.broadcastAfterCommit(topic, event, outcome);
		}
	}

	private void published(PushOperation operation, @Nullable Throwable failure) {
		if (failure == null) {
			this.published.increment();
			operation.status().succeeded();
		}
		else if (!(failure instanceof CancellationException)) {
			failed(operation, failure);
		}
	}

	private void failed(PushOperation operation, Throwable reason) {
		this.failed.increment();
		operation.status().failed(reason);
	}

}
