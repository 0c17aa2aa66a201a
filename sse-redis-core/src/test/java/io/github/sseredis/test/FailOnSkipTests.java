package io.github.sseredis.test;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

class FailOnSkipTests {

	@Test
	void failsTheRunWhenATestIsDisabled() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> run(OneDisabled.class, true))
			.withMessageContaining("notToday()")
			.withMessageContaining("no reason at all");
	}

	@Test
	void failsTheRunWhenAClassIsDisabled() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> run(AllDisabled.class, true))
			.withMessageContaining("AllDisabled");
	}

	@Test
	void failsTheRunWhenATestIsAborted() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> run(OneAborted.class, true))
			.withMessageContaining("needs nginx");
	}

	@Test
	void leavesTheRunAloneWhenEveryTestRan() {
		assertThatCode(() -> run(NoneSkipped.class, true)).doesNotThrowAnyException();
	}

	@Test
	void leavesTheRunAloneWhenSwitchedOff() {
		assertThatCode(() -> run(OneDisabled.class, false)).doesNotThrowAnyException();
	}

	private static void run(Class<?> tests, boolean enabled) {
		LauncherConfig config = LauncherConfig.builder()
			.enableLauncherSessionListenerAutoRegistration(false)
			.addLauncherSessionListeners(new FailOnSkip(enabled))
			.build();
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(selectClass(tests))
			.build();
		try (LauncherSession session = LauncherFactory.openSession(config)) {
			session.getLauncher().execute(request);
		}
	}

	static class OneDisabled {

		@Test
		void ranWhenCalled() {
		}

		@Test
		@Disabled("no reason at all")
		void notToday() {
		}

	}

	@Disabled("no reason at all")
	static class AllDisabled {

		@Test
		void notToday() {
		}

	}

	static class OneAborted {

		@Test
		void needsMore() {
			Assumptions.abort("needs nginx");
		}

	}

	static class NoneSkipped {

		@Test
		void ranWhenCalled() {
		}

	}

}
