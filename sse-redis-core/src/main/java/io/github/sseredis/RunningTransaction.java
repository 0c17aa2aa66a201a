package io.github.sseredis;

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
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				// Not afterCommit: what throws there reaches the caller, whose commit
				// is done, and skips the synchronizations after it. And only here is
				// what was registered during another's afterCommit still called.
				@Override
				public void afterCompletion(int status) {
					(status == STATUS_COMMITTED ? committed : notCommitted).run();
				}

			});
		}

	}

}
