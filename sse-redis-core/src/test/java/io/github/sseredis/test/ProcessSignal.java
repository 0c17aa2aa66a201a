package io.github.sseredis.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** A signal that freezes a process, or lets it go on. */
public enum ProcessSignal {

	/** Freezes: nothing of the process runs, and its connections stay open. */
	STOP,

	/** Lets go on. */
	CONT;

	/**
	 * Sends the signal and waits until it has been sent. Through the shell, because kill
	 * as a program is missing on small systems.
	 */
	public void sendTo(Process process) {
		try {
			Process kill = new ProcessBuilder("sh", "-c", "kill -" + name() + " " + process.pid()).inheritIO().start();
			if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
				throw new IllegalStateException("kill -" + name() + " failed");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
