package io.github.sseredis.autoconfigure;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/** Says in the log what the checks find, once, each with what to change. */
final class StartupWarnings implements ApplicationListener<ContextRefreshedEvent> {

	private static final Logger logger = LoggerFactory.getLogger(StartupWarnings.class);

	private final ApplicationContext context;

	private final List<StartupCheck> checks;

	StartupWarnings(ApplicationContext context, List<StartupCheck> checks) {
		this.context = context;
		this.checks = checks;
	}

	// A child context, such as that of the actuator, tells its parent's listeners too.
	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		if (event.getApplicationContext().equals(this.context)) {
			this.checks.forEach((check) -> check.problem().ifPresent(logger::warn));
		}
	}

}
