package io.github.sseredis.test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;

/**
 * Sets which broadcaster a test has, whatever the application says. Equal where that is:
 * contexts are cached by it.
 *
 * @param broadcaster the value of {@code sse.broadcaster}
 */
record BroadcasterContextCustomizer(String broadcaster) implements ContextCustomizer {

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		TestPropertySourceUtils.addInlinedPropertiesToEnvironment(context, "sse.broadcaster=" + this.broadcaster);
	}

}
