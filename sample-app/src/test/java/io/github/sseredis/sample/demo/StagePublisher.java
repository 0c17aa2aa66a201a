package io.github.sseredis.sample.demo;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import io.github.sseredis.SseEvent;

/**
 * Publishes numbered events through all instances in turn. Each instance has numbers of
 * its own: what one publishes arrives in order, so a number that is left out is an event
 * that was missed. Thread-safe.
 */
final class StagePublisher implements AutoCloseable {

	static final String TOPIC = "stage";

	static final String EVENT = "stage";

	private static final int PERIOD_MILLIS = 200;

	private final List<DemoInstance> instances;

	private final Map<String, Long> sent = new LinkedHashMap<>();

	private final Map<String, List<Range>> failed = new LinkedHashMap<>();

	private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "demo-publisher");
		thread.setDaemon(true);
		return thread;
	});

	private int turn;

	private volatile boolean steady;

	StagePublisher(List<DemoInstance> instances) {
		this.instances = instances;
		instances.forEach((instance) -> {
			this.sent.put(instance.name(), 0L);
			this.failed.put(instance.name(), new ArrayList<>());
		});
		this.scheduler.scheduleAtFixedRate(() -> {
			if (this.steady) {
				publish();
			}
		}, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
	}

	/** Whether it publishes five events a second. */
	boolean isSteady() {
		return this.steady;
	}

	void steady(boolean steady) {
		this.steady = steady;
	}

	void burst(int count) {
		for (int i = 0; i < count; i++) {
			publish();
		}
	}

	private synchronized void publish() {
		for (int i = 0; i < this.instances.size(); i++) {
			DemoInstance instance = this.instances.get(this.turn++ % this.instances.size());
			Broadcaster broadcaster = instance.broadcaster();
			if (broadcaster != null) {
				publish(instance.name(), broadcaster);
				return;
			}
		}
	}

	private void publish(String name, Broadcaster broadcaster) {
		long number = this.sent.merge(name, 1L, Long::sum);
		broadcaster.broadcast(TOPIC, SseEvent.of(EVENT, new StageEvent(name, number, Clock.systemUTC().millis())))
			.whenComplete((id, failure) -> {
				if (failure != null) {
					fail(name, number);
				}
			});
	}

	private synchronized void fail(String name, long number) {
		List<Range> ranges = this.failed.get(name);
		Range last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
		if (last != null && last.to() == number - 1) {
			ranges.set(ranges.size() - 1, new Range(last.from(), number));
		}
		else {
			ranges.add(new Range(number, number));
		}
	}

	/** How many events have been published through each instance so far. */
	synchronized Map<String, Long> sent() {
		return Map.copyOf(this.sent);
	}

	/** Which of them the publisher was told to have failed. */
	synchronized Map<String, List<Range>> failed() {
		return this.failed.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> List.copyOf(entry.getValue())));
	}

	/**
	 * Where a browser begins: what it is to receive comes after this ID, and has higher
	 * numbers.
	 */
	synchronized Beginning beginning() {
		String id = this.instances.stream()
			.map(DemoInstance::broadcaster)
			.filter((broadcaster) -> broadcaster != null)
			.map((broadcaster) -> broadcaster.lastEventId())
			.filter((candidate) -> !candidate.equals(EventId.NONE))
			.map(EventId::toString)
			.findFirst()
			.orElse("");
		return new Beginning(id, sent());
	}

	@Override
	public void close() {
		this.scheduler.shutdownNow();
	}

	/**
	 * Where a browser begins.
	 *
	 * @param lastEventId the ID after which its stream begins
	 * @param sent the numbers that it need not receive, by instance
	 */
	record Beginning(String lastEventId, Map<String, Long> sent) {
	}

	/**
	 * Numbers that follow each other.
	 *
	 * @param from the first
	 * @param to the last
	 */
	record Range(long from, long to) {
	}

	/**
	 * What is published.
	 *
	 * @param via the instance
	 * @param number its number there
	 * @param at when, in milliseconds since 1970
	 */
	record StageEvent(String via, long number, long at) {
	}

}
