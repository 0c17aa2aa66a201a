package io.github.sseredis;

import org.springframework.transaction.SavepointManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Begins, suspends and ends transactions on nothing, like one on a database would. */
final class TestTransactionManager extends AbstractPlatformTransactionManager {

	private static final long serialVersionUID = 1L;

	private transient Object current;

	private boolean commitFails;

	/** Lets the outcome of every commit be unknown. */
	void failCommits() {
		this.commitFails = true;
	}

	TestTransactionManager() {
		setNestedTransactionAllowed(true);
	}

	@Override
	protected Object doGetTransaction() {
		return new Savepoints();
	}

	@Override
	protected boolean isExistingTransaction(Object transaction) {
		return this.current != null;
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
		this.current = transaction;
	}

	@Override
	protected Object doSuspend(Object transaction) {
		Object suspended = this.current;
		this.current = null;
		return suspended;
	}

	@Override
	protected void doResume(Object transaction, Object suspendedResources) {
		this.current = suspendedResources;
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		if (this.commitFails) {
			throw new TransactionSystemException("The connection broke while committing");
		}
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
	}

	@Override
	protected void doSetRollbackOnly(DefaultTransactionStatus status) {
	}

	@Override
	protected void doCleanupAfterCompletion(Object transaction) {
		this.current = null;
	}

	/** A transaction that can go back to any savepoint. */
	private static final class Savepoints implements SavepointManager {

		@Override
		public Object createSavepoint() {
			return new Object();
		}

		@Override
		public void rollbackToSavepoint(Object savepoint) {
		}

		@Override
		public void releaseSavepoint(Object savepoint) {
		}

	}

}
