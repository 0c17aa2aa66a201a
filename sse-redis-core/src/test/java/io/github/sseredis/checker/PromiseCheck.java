package io.github.sseredis.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.sseredis.checker.Publication.Outcome;
import io.github.sseredis.checker.Violation.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Holds what clients saw against what was published. Every client is expected to have had
 * a cursor before the first publication. Per client and topic:
 * <ul>
 * <li>no event of a topic that was not granted, none that nobody published, none that
 * failed as <em>not sent</em>;</li>
 * <li>no event twice, whatever its future said;</li>
 * <li>the acknowledged events of a producer in its order, and each of them, unless a
 * reset that names the topic stands in its place and came after it was published;</li>
 * <li>between two events nothing that another client saw there, unless a reset stands
 * between.</li>
 * </ul>
 * When Redis itself lost what it had, keys of idempotency included, a sender that waited
 * for its answer repeats: such an event, and after a reset only, may come again. What was
 * acknowledged meanwhile may be gone; a client whom it had not reached is not told.
 */
final class PromiseCheck {

	private final Publications publications;

	private final List<DataLoss> losses;

	private final List<Violation> violations = new ArrayList<>();

	/** Events that a client saw twice. */
	private final Set<NumberedEvent> repeated = new HashSet<>();

	private PromiseCheck(Publications publications, List<DataLoss> losses) {
		this.publications = publications;
		this.losses = List.copyOf(losses);
	}

	/** Returns the promises that were broken. */
	static List<Violation> violations(Publications publications, List<ClientRecording> recordings,
			List<DataLoss> losses) {
		PromiseCheck check = new PromiseCheck(publications, losses);
		check.check(recordings);
		return check.violations;
	}

	private void check(List<ClientRecording> recordings) {
		Map<String, List<Publication>> acknowledged = this.publications.all()
			.stream()
			.filter((publication) -> publication.outcome() == Outcome.ACKNOWLEDGED)
			.collect(Collectors.groupingBy((publication) -> publication.event().topic()));
		Map<ClientRecording, Map<String, TopicView>> views = new HashMap<>();
		for (ClientRecording recording : recordings) {
			checkEach(recording);
			Map<String, TopicView> ofClient = TopicView.of(recording);
			views.put(recording, ofClient);
			ofClient.forEach((topic, view) -> {
				checkOrder(recording, view);
				checkComplete(recording, view, acknowledged.getOrDefault(topic, List.of()));
			});
		}
		checkAgreement(recordings, views);
	}

	private void checkEach(ClientRecording recording) {
		for (Sighting sighting : recording.sightings()) {
			if (sighting instanceof Sighting.Refusal refusal) {
				add(Kind.REFUSED, recording, null, "status " + refusal.status());
			}
			else if (sighting instanceof Sighting.Event seen) {
				Publication publication = this.publications.find(seen.event());
				if (publication == null) {
					add(Kind.INVENTED, recording, seen.event(), "");
				}
				else if (publication.outcome() == Outcome.NOT_SENT) {
					add(Kind.NOT_SENT_ARRIVED, recording, seen.event(), "");
				}
				if (!recording.topics().contains(seen.event().topic())) {
					add(Kind.FOREIGN, recording, seen.event(), "");
				}
			}
		}
	}

	private void checkOrder(ClientRecording recording, TopicView view) {
		Set<NumberedEvent> seen = new HashSet<>();
		Set<NumberedEvent> sinceReset = new HashSet<>();
		Map<String, Integer> last = new HashMap<>();
		for (Sighting sighting : view.sightings()) {
			if (sighting instanceof Sighting.Event current) {
				NumberedEvent event = current.event();
				if (!seen.add(event)) {
					this.repeated.add(event);
					if (sinceReset.contains(event) || !mayComeAgain(event)) {
						add(Kind.DUPLICATE, recording, event, "");
					}
				}
				else if (isAcknowledged(event)) {
					int before = last.getOrDefault(event.producer(), -1);
					if (event.number() < before && !mayComeAgain(event)) {
						add(Kind.REORDERED, recording, event, "after " + before);
					}
					last.put(event.producer(), Math.max(before, event.number()));
				}
				sinceReset.add(event);
			}
			else {
				sinceReset.clear();
			}
		}
	}

	private boolean mayComeAgain(NumberedEvent event) {
		Publication publication = this.publications.find(event);
		return publication != null && this.losses.stream().anyMatch((loss) -> loss.mayRepeat(publication));
	}

	private boolean mayBeGone(@Nullable Publication publication) {
		return publication != null && this.losses.stream().anyMatch((loss) -> loss.mayTake(publication));
	}

	// Its place is not the same for all.
	private boolean hasNoPlace(NumberedEvent event) {
		return this.repeated.contains(event) || mayComeAgain(event) || mayBeGone(this.publications.find(event));
	}

	private boolean isAcknowledged(NumberedEvent event) {
		Publication publication = this.publications.find(event);
		return publication != null && publication.outcome() == Outcome.ACKNOWLEDGED;
	}

	private void checkComplete(ClientRecording recording, TopicView view, List<Publication> acknowledged) {
		for (Publication publication : acknowledged) {
			if (!view.has(publication.event()) && !view.announces(publication) && !mayBeGone(publication)) {
				add(Kind.MISSING, recording, publication.event(), "");
			}
		}
	}

	// Whoever sees two events one after the other says that nothing is between them.
	private void checkAgreement(List<ClientRecording> recordings,
			Map<ClientRecording, Map<String, TopicView>> viewsOfClients) {
		Map<NumberedEvent, NumberedEvent> next = new HashMap<>();
		Map<NumberedEvent, String> toldBy = new HashMap<>();
		for (ClientRecording recording : recordings) {
			viewsOfClients.getOrDefault(recording, Map.of()).values().forEach((view) -> view.forEachPair((one, two) -> {
				if (hasNoPlace(one) || hasNoPlace(two)) {
					return;
				}
				NumberedEvent known = next.putIfAbsent(one, two);
				toldBy.putIfAbsent(one, recording.client());
				if (known != null && !known.equals(two)) {
					add(Kind.DISAGREEMENT, recording, two,
							"after " + one + ", but " + known + " to " + toldBy.get(one));
				}
			}));
		}
	}

	private void add(Kind kind, ClientRecording recording, @Nullable NumberedEvent event, String detail) {
		this.violations.add(new Violation(kind, recording.client(), event, detail));
	}

}
