package io.github.sseredis.test;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Lets each test method begin with no pushed events. */
final class PushedEventsTestExecutionListener implements TestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			testContext.getApplicationContext().getBeanProvider(PushedEvents.class).ifAvailable(PushedEvents::clear);
		}
	}

}
