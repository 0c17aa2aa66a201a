package io.github.sseredis.autoconfigure;

import io.github.sseredis.AbstractBroadcaster;
import io.github.sseredis.Broadcaster;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Tells the broadcasters where publications are observed. */
final class PublishObservationConfigurer implements SmartInitializingSingleton {

	private final ObjectProvider<Broadcaster> broadcasters;

	private final ObservationRegistry observationRegistry;

	PublishObservationConfigurer(ObjectProvider<Broadcaster> broadcasters, ObservationRegistry observationRegistry) {
		this.broadcasters = broadcasters;
		this.observationRegistry = observationRegistry;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.broadcasters.stream()
			.filter(AbstractBroadcaster.class::isInstance)
			.map(AbstractBroadcaster.class::cast)
			.forEach((broadcaster) -> broadcaster.setObservationRegistry(this.observationRegistry));
	}

}
