package io.github.sseredis.push;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Begins and commits nothing, and says so. */
class RecordingTransactionManager extends AbstractPlatformTransactionManager {

	private final transient RecordingBroadcaster broadcaster;

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private boolean commitFails;

	RecordingTransactionManager(RecordingBroadcaster broadcaster) {
		this.broadcaster = broadcaster;
	}

	List<String> calls() {
		return this.calls;
	}

	void failCommit() {
		this.commitFails = true;
	}

	@Override
	protected Object doGetTransaction() {
		return new Object();
	}

	@Override
	protected boolean isExistingTransaction(Object transaction) {
		return TransactionSynchronizationManager.isActualTransactionActive();
	}

	@Override
	protected Object doSuspend(Object transaction) {
		return transaction;
	}

	@Override
	protected void doResume(Object transaction, Object suspended) {
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
		this.calls.add("begin");
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		if (this.commitFails) {
			throw new UnexpectedRollbackException("commit fails");
		}
		this.calls.add("commit with " + this.broadcaster.published().size() + " published");
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		this.calls.add("rollback");
	}

	@Override
	protected void doSetRollbackOnly(DefaultTransactionStatus status) {
	}

}
