package io.github.sseredis.checker;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.github.sseredis.BroadcastException;
import io.github.sseredis.SseEvent;
import io.github.sseredis.checker.Publication.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was published in a run, and what became of it. Thread-safe; one thread
 * at a time publishes for a producer.
 */
final class Publications {

	private final ConcurrentMap<NumberedEvent, Publication> all = new ConcurrentHashMap<>();

	private final ConcurrentMap<String, AtomicInteger> numbers = new ConcurrentHashMap<>();

	/** Publishes a producer's next event to a topic. */
	CompletableFuture<?> publish(RunningInstance instance, String topic, String producer, int padding) {
		Publication publication = next(topic, producer, System.nanoTime());
		return send(instance, publication, SseEvent.of(publication.event().payload(padding)));
	}

	/** Publishes an event that was noted. */
	CompletableFuture<?> publish(RunningInstance instance, Publication publication) {
		return send(instance, publication, SseEvent.of(publication.event().payload(0)));
	}

	/**
	 * Publishes an event with a key of the application, perhaps not for the first time.
	 */
	CompletableFuture<?> publishWithKey(RunningInstance instance, Publication publication, String key) {
		return send(instance, publication,
				SseEvent.builder().data(publication.event().payload(0)).idempotencyKey(key).build());
	}

	private static CompletableFuture<?> send(RunningInstance instance, Publication publication, SseEvent event) {
		return instance.publish(publication.event().topic(), event)
			.whenComplete((id, failure) -> publication.decided(outcome(failure), System.nanoTime()));
	}

	/** Notes a producer's next event without publishing it. */
	Publication next(String topic, String producer, long nanos) {
		int number = this.numbers.computeIfAbsent(topic + " " + producer, (key) -> new AtomicInteger())
			.getAndIncrement();
		NumberedEvent event = new NumberedEvent(topic, producer, number);
		Publication publication = new Publication(event, nanos);
		this.all.put(event, publication);
		return publication;
	}

	@Nullable Publication find(NumberedEvent event) {
		return this.all.get(event);
	}

	Collection<Publication> all() {
		return this.all.values();
	}

	boolean areDecided() {
		return this.all.values().stream().noneMatch((publication) -> publication.outcome() == Outcome.PENDING);
	}

	long count(Outcome outcome) {
		return this.all.values().stream().filter((publication) -> publication.outcome() == outcome).count();
	}

	private static Outcome outcome(@Nullable Throwable failure) {
		if (failure == null) {
			return Outcome.ACKNOWLEDGED;
		}
		boolean notSent = failure instanceof BroadcastException reason
				&& reason.outcome() == BroadcastException.Outcome.NOT_SENT;
		return notSent ? Outcome.NOT_SENT : Outcome.UNKNOWN;
	}

	@Override
	public String toString() {
		Map<Outcome, Long> counts = this.all.values()
			.stream()
			.collect(Collectors.groupingBy(Publication::outcome, Collectors.counting()));
		return "published " + counts;
	}

}
