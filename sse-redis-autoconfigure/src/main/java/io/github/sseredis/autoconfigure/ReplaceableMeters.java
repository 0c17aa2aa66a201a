package io.github.sseredis.autoconfigure;

import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The meters of a bean in whose place a test may have put one of a wider type, such as a
 * mock: then there are none.
 *
 * @param <T> the type that has the meters
 */
final class ReplaceableMeters<T> implements MeterBinder {

	private final ObjectProvider<T> bean;

	private final Function<T, MeterBinder> meters;

	ReplaceableMeters(ObjectProvider<T> bean, Function<T, MeterBinder> meters) {
		this.bean = bean;
		this.meters = meters;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.bean.ifAvailable((present) -> this.meters.apply(present).bindTo(registry));
	}

}
