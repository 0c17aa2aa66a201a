package io.github.sseredis;

import java.util.concurrent.CompletableFuture;

import io.github.sseredis.BroadcastException.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PublishFutureTests {

	private static final BroadcastException reason = new BroadcastException(Outcome.NOT_SENT, "for a test", null);

	private final PublishFailures failures = new PublishFailures(System::nanoTime);

	private final PublishFuture future = new PublishFuture(this.failures);

	@Test
	void failureIsCountedWhenNobodyAwaitsIt() {
		this.future.fail(reason);
		assertThat(this.future).isCompletedExceptionally();
		assertThat(this.future.handle((id, ex) -> ex).join()).isSameAs(reason);
		assertThat(this.failures.count()).isOne();
	}

	@Test
	void failureIsNotCountedWhenAStageAwaitsIt() {
		CompletableFuture<Throwable> seen = this.future.handle((id, ex) -> ex);
		this.future.fail(reason);
		assertThat(seen).isCompletedWithValue(reason);
		assertThat(this.failures.count()).isZero();
	}

	@Test
	void failureIsNotCountedWhenAThreadAwaitsIt() throws InterruptedException {
		Thread waiting = new Thread(() -> this.future.exceptionally((ex) -> null).join());
		Thread joining = new Thread(() -> this.future.handle((id, ex) -> id).join());
		waiting.start();
		joining.start();
		await().until(() -> this.future.getNumberOfDependents() > 1);
		this.future.fail(reason);
		waiting.join();
		joining.join();
		assertThat(this.failures.count()).isZero();
	}

	@Test
	void failureIsCountedOnceHoweverOftenItIsTold() {
		this.future.fail(reason);
		this.future.fail(reason);
		assertThat(this.failures.count()).isOne();
	}

	@Test
	void failureIsNotCountedWhenTheFutureIsComplete() {
		this.future.succeed(EventId.NONE);
		this.future.fail(reason);
		assertThat(this.future).isCompletedWithValue(EventId.NONE);
		PublishFuture cancelled = new PublishFuture(this.failures);
		cancelled.cancel(false);
		cancelled.fail(reason);
		assertThat(cancelled).isCancelled();
		assertThat(this.failures.count()).isZero();
	}

	@Test
	void failureOfADependentStageIsNotCounted() {
		CompletableFuture<EventId> dependent = this.future.thenApply((id) -> {
			throw new IllegalStateException("the caller's own");
		});
		this.future.succeed(EventId.NONE);
		assertThat(dependent).isCompletedExceptionally().isNotInstanceOf(PublishFuture.class);
		assertThat(this.failures.count()).isZero();
	}

	@Test
	void successAfterAFailureHasNoEffect() {
		this.future.fail(reason);
		this.future.succeed(EventId.NONE);
		assertThat(this.future).isCompletedExceptionally();
	}

}
