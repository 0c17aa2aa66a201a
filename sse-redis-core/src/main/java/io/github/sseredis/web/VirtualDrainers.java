package io.github.sseredis.web;

import org.springframework.core.task.VirtualThreadTaskExecutor;

/** A virtual thread for each drain: one that is stuck costs the others nothing. */
final class VirtualDrainers implements Drainers {

	private final VirtualThreadTaskExecutor executor = new VirtualThreadTaskExecutor();

	@Override
	public void execute(Runnable drain) {
		this.executor.execute(drain);
	}

	@Override
	public int compensate(int stuck) {
		return 0;
	}

	@Override
	public boolean isBusy() {
		return false;
	}

	@Override
	public void close() {
		// The threads end with their drains.
	}

}
