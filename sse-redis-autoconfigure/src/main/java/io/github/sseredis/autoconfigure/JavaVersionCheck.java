package io.github.sseredis.autoconfigure;

import java.util.Optional;

/**
 * Before Java 24 a virtual thread that waits in a write keeps its carrier, so streams are
 * written by a pool.
 *
 * @param feature the version of Java that runs
 */
record JavaVersionCheck(int feature) implements StartupCheck {

	/** The version from which streams are written on virtual threads. */
	private static final int VIRTUAL = 24;

	@Override
	public Optional<String> problem() {
		return (this.feature < VIRTUAL)
				? Optional
					.of("Streams are written by a pool of threads, which many slow clients can fill: this is Java "
							+ this.feature + ". Run on Java " + VIRTUAL + " or newer, where each has a virtual thread")
				: Optional.empty();
	}

}
