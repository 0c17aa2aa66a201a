package io.github.sseredis.test;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets Awaitility wait longer by default, for machines that are busy with other things.
 * It stays below the 30 seconds after which a request that never becomes a stream is
 * given up: that must not pass for what a test waits for.
 */
public final class PatientAwaitility implements LauncherSessionListener {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		Awaitility.setDefaultTimeout(PATIENCE);
	}

}
