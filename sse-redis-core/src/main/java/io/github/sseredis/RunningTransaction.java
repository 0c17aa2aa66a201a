package io.github.sseredis;

import java.util.IdentityHashMap;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/** The transaction that is running on the current thread, if Spring's are used at all. */
final class RunningTransaction {

	private static final boolean SPRING_TX = ClassUtils.isPresent(
			"org.springframework.transaction.support.TransactionSynchronizationManager",
			RunningTransaction.class.getClassLoader());

	private RunningTransaction() {
	}

	/**
	 * Runs one of the two when the transaction is over, or the first at once if none is
	 * running. Neither may throw.
	 */
	static void afterCommit(Runnable committed, Runnable notCommitted) {
		if (SPRING_TX && Synchronized.isActive()) {
			Synchronized.register(committed, notCommitted);
		}
		else {
			committed.run();
		}
	}

	// Loaded only where spring-tx is on the class path.
	private static final class Synchronized {

		static boolean isActive() {
			return TransactionSynchronizationManager.isActualTransactionActive()
					&& TransactionSynchronizationManager.isSynchronizationActive();
		}

		static void register(Runnable committed, Runnable notCommitted) {
			Savepoints known = (Savepoints) TransactionSynchronizationManager.getResource(Savepoints.class);
			Savepoints savepoints = known != null ? known : new Savepoints();
			if (known == null) {
				TransactionSynchronizationManager.bindResource(Savepoints.class, savepoints);
			}
			TransactionSynchronizationManager
				.registerSynchronization(new Waiting(committed, notCommitted, savepoints, known == null));
		}

	}

	/**
	 * Which savepoints are older than what waits. Bound to the thread while something
	 * waits; an inner transaction may share that of the outer one.
	 */
	private static final class Savepoints {

		private final IdentityHashMap<Object, Long> made = new IdentityHashMap<>();

		private long last;

		long next() {
			return ++this.last;
		}

		// Told by everything that waits.
		void made(Object savepoint) {
			this.made.computeIfAbsent(savepoint, (key) -> next());
		}

		/** What was made while nothing was waiting is older than all that waits. */
		boolean isOlder(Object savepoint, long than) {
			Long number = this.made.get(savepoint);
			return number == null || number < than;
		}

	}

	/** One that waits for the end of a transaction. */
	private static final class Waiting implements TransactionSynchronization {

		private final Runnable committed;

		private final Runnable notCommitted;

		private final Savepoints savepoints;

		private final boolean boundThem;

		private final long number;

		private boolean undone;

		Waiting(Runnable committed, Runnable notCommitted, Savepoints savepoints, boolean boundThem) {
			this.committed = committed;
			this.notCommitted = notCommitted;
			this.savepoints = savepoints;
			this.boundThem = boundThem;
			this.number = savepoints.next();
		}

		@Override
		public void savepoint(Object savepoint) {
			this.savepoints.made(savepoint);
		}

		// What a nested transaction has done is undone, whatever becomes of the outer
		// one.
		@Override
		public void savepointRollback(Object savepoint) {
			if (!this.undone && this.savepoints.isOlder(savepoint, this.number)) {
				this.undone = true;
				this.notCommitted.run();
			}
		}

		// Not afterCommit: what throws there reaches the caller, whose commit is done,
		// and skips the synchronizations after it. And only here is what was registered
		// during another's afterCommit still called.
		@Override
		public void afterCompletion(int status) {
			if (this.boundThem) {
				TransactionSynchronizationManager.unbindResourceIfPossible(Savepoints.class);
			}
			if (!this.undone) {
				(status == STATUS_COMMITTED ? this.committed : this.notCommitted).run();
			}
		}

	}

}
