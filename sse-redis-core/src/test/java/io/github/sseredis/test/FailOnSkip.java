package io.github.sseredis.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Makes a run fail in which a test was skipped or aborted, if the system property
 * {@code sse.test.fail-on-skip} is true. It listens to the session because that is the
 * one listener whose exceptions JUnit lets through.
 */
public final class FailOnSkip implements LauncherSessionListener, TestExecutionListener {

	/** The system property that switches this on. */
	public static final String PROPERTY = "sse.test.fail-on-skip";

	private final boolean enabled;

	private final List<String> skipped = new CopyOnWriteArrayList<>();

	/**
	 * For the service loader.
	 */
	public FailOnSkip() {
		this(Boolean.getBoolean(PROPERTY));
	}

	FailOnSkip(boolean enabled) {
		this.enabled = enabled;
	}

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		if (this.enabled) {
			session.getLauncher().registerTestExecutionListeners(this);
		}
	}

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		this.skipped.add(describe(test, reason));
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (result.getStatus() == Status.ABORTED) {
			this.skipped.add(describe(test, result.getThrowable().map(Throwable::getMessage).orElse("aborted")));
		}
	}

	@Override
	public void launcherSessionClosed(LauncherSession session) {
		if (!this.skipped.isEmpty()) {
			throw new AssertionError(
					"With " + PROPERTY + " no test may be skipped, but:\n" + String.join("\n", this.skipped));
		}
	}

	private static String describe(TestIdentifier test, String reason) {
		return test.getUniqueIdObject() + ": " + reason;
	}

}
