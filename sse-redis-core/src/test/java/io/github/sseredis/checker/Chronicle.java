package io.github.sseredis.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.sseredis.checker.Violation.Kind;

/** What happened in a run and when, for the message of a failure. Thread-safe. */
final class Chronicle {

	private static final long STORY_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final long begin = System.nanoTime();

	private final List<String> notes = new CopyOnWriteArrayList<>();

	void note(String text) {
		this.notes.add(time(System.nanoTime()) + text);
	}

	/** Tells what led to promises being broken. */
	String report(List<Violation> violations, Publications publications, List<ClientRecording> recordings) {
		Map<Kind, Long> counts = violations.stream()
			.collect(Collectors.groupingBy(Violation::kind, Collectors.counting()));
		List<String> lines = new ArrayList<>(List.of(counts.toString()));
		lines.addAll(this.notes);
		for (Kind kind : counts.keySet()) {
			List<Violation> some = violations.stream()
				.filter((violation) -> violation.kind() == kind)
				.limit(10)
				.toList();
			some.stream().map(Violation::toString).forEach(lines::add);
			lines.addAll(story(some.get(0), publications, recordings));
		}
		return String.join("\n", lines);
	}

	/** What the client saw around the time of an event that it should have seen. */
	private List<String> story(Violation violation, Publications publications, List<ClientRecording> recordings) {
		Publication publication = (violation.event() != null) ? publications.find(violation.event()) : null;
		if (publication == null) {
			return List.of();
		}
		List<String> lines = new ArrayList<>();
		lines.add(time(publication.nanos()) + violation.event() + " was published: " + publication.outcome() + " at "
				+ time(publication.decidedNanos()));
		recordings.stream()
			.filter((recording) -> recording.client().equals(violation.client()))
			.flatMap((recording) -> recording.sightings().stream())
			.filter((sighting) -> Math.abs(sighting.nanos() - publication.nanos()) < STORY_NANOS)
			.limit(300)
			.forEach((sighting) -> lines.add(time(sighting.nanos()) + sighting));
		return lines;
	}

	private String time(long nanos) {
		return String.format("%7.3f ", (nanos - this.begin) / 1e9);
	}

}
