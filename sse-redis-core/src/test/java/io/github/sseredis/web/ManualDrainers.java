package io.github.sseredis.web;

/** Drainers that are a test's own executor, in which nothing is ever stuck. */
@FunctionalInterface
interface ManualDrainers extends Drainers {

	@Override
	default void executeOpening(Runnable drain) {
		execute(drain);
	}

	@Override
	default int compensate(int stuck) {
		return 0;
	}

	@Override
	default boolean isBusy() {
		return false;
	}

	@Override
	default void close() {
	}

}
