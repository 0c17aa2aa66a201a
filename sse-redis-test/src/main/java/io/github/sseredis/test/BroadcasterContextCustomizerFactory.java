package io.github.sseredis.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Chooses the broadcaster of tests that say so, and of slices of Spring MVC, which have
 * no Redis even where the application insists on one.
 */
final class BroadcasterContextCustomizerFactory implements ContextCustomizerFactory {

	private static final String MVC_SLICE = "org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest";

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		AutoConfigureSseTest annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				AutoConfigureSseTest.class);
		if (annotation != null) {
			return new BroadcasterContextCustomizer(annotation.broadcaster());
		}
		return isMvcSlice(testClass) ? new BroadcasterContextCustomizer("local") : null;
	}

	// By name: the slice may be absent.
	private static boolean isMvcSlice(Class<?> testClass) {
		return MergedAnnotations.search(SearchStrategy.TYPE_HIERARCHY)
			.withEnclosingClasses((type) -> true)
			.from(testClass)
			.isPresent(MVC_SLICE);
	}

}
