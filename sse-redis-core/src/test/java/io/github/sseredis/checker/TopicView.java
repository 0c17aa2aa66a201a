package io.github.sseredis.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What a client saw of one topic: its events, and the resets that named it.
 */
final class TopicView {

	private final List<Sighting> sightings = new ArrayList<>();

	private final Set<NumberedEvent> events = new HashSet<>();

	private TopicView() {
	}

	/**
	 * The views of the topics that a client was granted, also of those it saw nothing of.
	 */
	static Map<String, TopicView> of(ClientRecording recording) {
		Map<String, TopicView> views = new HashMap<>();
		recording.topics().forEach((topic) -> views.put(topic, new TopicView()));
		for (Sighting sighting : recording.sightings()) {
			if (sighting instanceof Sighting.Event seen) {
				TopicView view = views.get(seen.event().topic());
				if (view != null) {
					view.sightings.add(seen);
					view.events.add(seen.event());
				}
			}
			else if (sighting instanceof Sighting.Reset reset) {
				reset.topics().stream().filter(views::containsKey).forEach((topic) -> views.get(topic).add(reset));
			}
		}
		return views;
	}

	private void add(Sighting.Reset reset) {
		this.sightings.add(reset);
	}

	List<Sighting> sightings() {
		return this.sightings;
	}

	boolean has(NumberedEvent event) {
		return this.events.contains(event);
	}

	/**
	 * Whether a reset stands where an event should, and came after it was published.
	 */
	boolean announces(Publication missing) {
		int from = -1;
		int to = this.sightings.size();
		for (int i = 0; i < to; i++) {
			if (this.sightings.get(i) instanceof Sighting.Event seen
					&& seen.event().producer().equals(missing.event().producer())) {
				if (seen.event().number() > missing.event().number()) {
					to = i;
				}
				else {
					from = i;
				}
			}
		}
		for (int i = from + 1; i < to; i++) {
			if (this.sightings.get(i) instanceof Sighting.Reset reset && reset.nanos() > missing.nanos()) {
				return true;
			}
		}
		return false;
	}

	/** Gives each two events that came one after the other, without a reset between. */
	void forEachPair(BiConsumer<NumberedEvent, NumberedEvent> action) {
		for (int i = 1; i < this.sightings.size(); i++) {
			if (this.sightings.get(i - 1) instanceof Sighting.Event before
					&& this.sightings.get(i) instanceof Sighting.Event after) {
				action.accept(before.event(), after.event());
			}
		}
	}

}
