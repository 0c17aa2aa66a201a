package io.github.sseredis;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** {@code broadcastAfterCommit} in Spring's transactions. */
class RunningTransactionTests {

	private final RecordingBroadcaster broadcaster = new RecordingBroadcaster();

	private final TestTransactionManager transactionManager = new TestTransactionManager();

	private final TransactionTemplate transaction = new TransactionTemplate(this.transactionManager);

	@Test
	void eventIsSentAtOnceWhenNoTransactionIsRunning() {
		assertThat(this.broadcaster.broadcastAfterCommit("a", "x")).isCompleted();
		assertThat(this.broadcaster.data()).containsExactly("x");
	}

	@Test
	void eventIsSentWhenTheTransactionHasCommitted() {
		CompletableFuture<EventId> future = this.transaction.execute((status) -> {
			CompletableFuture<EventId> waiting = publish("x");
			assertThat(waiting).isNotDone();
			assertThat(this.broadcaster.data()).isEmpty();
			return waiting;
		});
		assertThat(future).isCompletedWithValue(EventId.parse("1"));
		assertThat(this.broadcaster.data()).containsExactly("x");
	}

	@Test
	void broadcastDoesNotWaitForTheTransaction() {
		this.transaction.executeWithoutResult((status) -> {
			this.broadcaster.broadcast("a", "x");
			assertThat(this.broadcaster.data()).containsExactly("x");
			status.setRollbackOnly();
		});
		assertThat(this.broadcaster.data()).containsExactly("x");
	}

	@Test
	void eventsAreSentInTheOrderOfTheCalls() {
		List<String> expected = new ArrayList<>();
		this.transaction.executeWithoutResult((status) -> {
			for (int i = 0; i < 50; i++) {
				expected.add("event " + i);
				publish("event " + i);
			}
		});
		assertThat(this.broadcaster.data()).isEqualTo(expected);
	}

	@Test
	void eventIsWhatItWasAtTheCallWhenItsDataChangesLater() {
		List<String> data = new ArrayList<>(List.of("before"));
		this.transaction.executeWithoutResult((status) -> {
			this.broadcaster.broadcastAfterCommit("a", data);
			data.set(0, "after");
		});
		assertThat(this.broadcaster.data()).containsExactly("[before]");
	}

	@Test
	void futureIsCancelledWhenTheTransactionRollsBack() {
		AtomicReference<CompletableFuture<EventId>> future = new AtomicReference<>();
		assertThatIllegalStateException().isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
			future.set(publish("x"));
			throw new IllegalStateException("rolls back");
		}));
		assertThat(future.get()).isCancelled();
		assertThat(this.broadcaster.data()).isEmpty();
		assertThat(this.broadcaster.unobservedFailures()).isZero();
	}

	@Test
	void futureIsCancelledWhenTheTransactionIsMarkedForRollback() {
		CompletableFuture<EventId> future = this.transaction.execute((status) -> {
			status.setRollbackOnly();
			return publish("x");
		});
		assertThat(future).isCancelled();
		assertThat(this.broadcaster.data()).isEmpty();
	}

	@Test
	void eventIsNotSentWhenTheOutcomeOfTheCommitIsUnknown() {
		this.transactionManager.failCommits();
		AtomicReference<CompletableFuture<EventId>> future = new AtomicReference<>();
		assertThatExceptionOfType(TransactionSystemException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> future.set(publish("x"))));
		assertThat(future.get()).isCancelled();
		assertThat(this.broadcaster.data()).isEmpty();
	}

	@Test
	void eventIsNotSentWhenItsFutureWasCancelledBefore() {
		this.transaction.executeWithoutResult((status) -> {
			publish("cancelled").cancel(true);
			publish("sent");
		});
		assertThat(this.broadcaster.data()).containsExactly("sent");
	}

	@Test
	void transactionCommitsWhenAnEventIsInvalid() {
		CompletableFuture<EventId> future = this.transaction.execute((status) -> {
			CompletableFuture<EventId> invalid = this.broadcaster.broadcastAfterCommit("no\ntopic", "x");
			assertThat(status.isRollbackOnly()).isFalse();
			publish("valid");
			return invalid;
		});
		assertThat(future).isCompletedExceptionally().isNotCancelled();
		assertThat(this.broadcaster.data()).containsExactly("valid");
	}

	@Test
	void callerIsNotTroubledWhenSendingThrowsAfterTheCommit() {
		AtomicReference<Integer> completed = new AtomicReference<>();
		this.broadcaster.failWith(new IllegalStateException("a bug"));
		CompletableFuture<EventId> future = this.transaction.execute((status) -> {
			CompletableFuture<EventId> failing = publish("x");
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCompletion(int completion) {
					completed.set(completion);
				}

			});
			return failing;
		});
		assertThat(future).isCompletedExceptionally();
		assertThat(completed).hasValue(TransactionSynchronization.STATUS_COMMITTED);
	}

	@Test
	void innerTransactionIsOnItsOwn() {
		TransactionTemplate inner = new TransactionTemplate(this.transactionManager);
		inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		CompletableFuture<EventId> outer = this.transaction.execute((status) -> {
			CompletableFuture<EventId> waiting = publish("outer");
			inner.executeWithoutResult((own) -> publish("inner"));
			assertThat(this.broadcaster.data()).containsExactly("inner");
			assertThat(waiting).isNotDone();
			status.setRollbackOnly();
			return waiting;
		});
		assertThat(outer).isCancelled();
		assertThat(this.broadcaster.data()).containsExactly("inner");
	}

	@Test
	void eventsOfANestedTransactionThatRollsBackAreCancelledAtOnce() {
		TransactionTemplate nested = nested();
		CompletableFuture<EventId> undone = this.transaction.execute((status) -> {
			publish("before");
			nested.executeWithoutResult((own) -> publish("nested"));
			CompletableFuture<EventId> waiting = nested.execute((own) -> {
				own.setRollbackOnly();
				nested.executeWithoutResult((inner) -> publish("nested in what rolls back"));
				return publish("rolled back");
			});
			assertThat(waiting).isCancelled();
			publish("after");
			return waiting;
		});
		assertThat(undone).isCancelled();
		assertThat(this.broadcaster.data()).containsExactly("before", "nested", "after");
	}

	@Test
	void eventsOfANestedTransactionAreCancelledWhenNoneWasPublishedBefore() {
		CompletableFuture<EventId> undone = this.transaction.execute((status) -> nested().execute((own) -> {
			own.setRollbackOnly();
			return publish("rolled back");
		}));
		assertThat(undone).isCancelled();
		assertThat(this.broadcaster.data()).isEmpty();
	}

	@Test
	void eventsOfANestedTransactionAreCancelledWhenTheOuterOneRollsBack() {
		CompletableFuture<EventId> undone = this.transaction.execute((status) -> {
			status.setRollbackOnly();
			return nested().execute((own) -> publish("nested"));
		});
		assertThat(undone).isCancelled();
		assertThat(this.broadcaster.data()).isEmpty();
	}

	@Test
	void transactionLeavesNothingToTheNextOfItsThread() {
		this.transaction.executeWithoutResult((status) -> publish("1"));
		this.transaction.executeWithoutResult((status) -> {
			publish("rolled back");
			status.setRollbackOnly();
		});
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		this.transaction.executeWithoutResult((status) -> publish("2"));
		assertThat(this.broadcaster.data()).containsExactly("1", "2");
	}

	private TransactionTemplate nested() {
		TransactionTemplate nested = new TransactionTemplate(this.transactionManager);
		nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
		return nested;
	}

	@Test
	void participatingTransactionWaitsForTheOuterOne() {
		this.transaction.executeWithoutResult((status) -> {
			this.transaction.executeWithoutResult((same) -> publish("x"));
			assertThat(this.broadcaster.data()).isEmpty();
		});
		assertThat(this.broadcaster.data()).containsExactly("x");
	}

	@Test
	void eventIsSentWhenPublishedDuringTheCommitOfAnother() {
		this.transaction.executeWithoutResult((status) -> {
			onAfterCommit(() -> publish("second"));
			publish("first");
		});
		assertThat(this.broadcaster.data()).containsExactly("first", "second");
	}

	@Test
	void eventIsSentAtOnceWhenPublishedAfterTheCompletion() {
		this.transaction.executeWithoutResult(
				(status) -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCompletion(int completion) {
						assertThat(publish("x")).isCompleted();
					}

				}));
		assertThat(this.broadcaster.data()).containsExactly("x");
	}

	@Test
	void eventIsSentAtOnceWhenTheScopeHasNoTransaction() {
		TransactionTemplate supports = new TransactionTemplate(this.transactionManager);
		supports.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
		supports.executeWithoutResult((status) -> {
			assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isTrue();
			assertThat(publish("x")).isCompleted();
		});
	}

	@Test
	void eventIsSentAtOnceWhenSpringTransactionsAreAbsent() throws Exception {
		ClassLoader loader = new WithoutTransactions();
		Class<?> type = Class.forName(RunningTransaction.class.getName(), true, loader);
		var method = type.getDeclaredMethod("afterCommit", Runnable.class, Runnable.class);
		method.setAccessible(true);
		List<String> run = new ArrayList<>();
		method.invoke(null, (Runnable) () -> run.add("committed"), (Runnable) () -> run.add("not committed"));
		assertThat(run).containsExactly("committed");
	}

	private CompletableFuture<EventId> publish(String data) {
		return this.broadcaster.broadcastAfterCommit("a", data);
	}

	private static void onAfterCommit(Runnable action) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				action.run();
			}

		});
	}

	/** Knows our classes as its own, and no class of Spring's transactions. */
	private static final class WithoutTransactions extends ClassLoader {

		WithoutTransactions() {
			super(RunningTransactionTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.startsWith("org.springframework.transaction")) {
				throw new ClassNotFoundException(name);
			}
			if (!name.startsWith(RunningTransaction.class.getName())) {
				return super.loadClass(name, resolve);
			}
			try (InputStream resource = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] bytes = resource.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
