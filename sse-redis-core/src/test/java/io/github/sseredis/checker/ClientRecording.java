package io.github.sseredis.checker;

import java.util.List;
import java.util.Set;

/**
 * What one client saw over all its connections.
 *
 * @param client its name
 * @param topics what it was granted
 * @param sightings what it saw, in order
 */
record ClientRecording(String client, Set<String> topics, List<Sighting> sightings) {

	ClientRecording {
		topics = Set.copyOf(topics);
		sightings = List.copyOf(sightings);
	}

	List<NumberedEvent> events() {
		return this.sightings.stream()
			.filter(Sighting.Event.class::isInstance)
			.map((sighting) -> ((Sighting.Event) sighting).event())
			.toList();
	}

	List<Sighting.Reset> resets() {
		return this.sightings.stream()
			.filter(Sighting.Reset.class::isInstance)
			.map(Sighting.Reset.class::cast)
			.toList();
	}

	long connections() {
		return this.sightings.stream().filter(Sighting.Connection.class::isInstance).count();
	}

}
