package io.github.sseredis.web;

import org.jspecify.annotations.Nullable;

/** provisional */
final class BlockedWrite {

	private volatile @Nullable Thread thread;

	private volatile long startedAt;

	BlockedWrite(WriteAborter aborter) {
	}

	void enter(long now) {
		this.startedAt = now;
		this.thread = Thread.currentThread();
	}

	synchronized void leave() {
		this.thread = null;
		Thread.interrupted();
	}

	boolean isActive() {
		return this.thread != null;
	}

	long startedAt() {
		return this.startedAt;
	}

	synchronized boolean abort() {
		Thread t = this.thread;
		if (t != null) {
			t.interrupt();
		}
		return t != null;
	}

}
