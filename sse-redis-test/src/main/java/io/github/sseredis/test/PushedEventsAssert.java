package io.github.sseredis.test;

import java.util.List;
import java.util.Objects;

import org.assertj.core.api.ListAssert;

/**
 * Assertions on events that were published, narrowed by topic and type; what AssertJ says
 * of lists can be said of what is left. They do not wait: where another thread publishes,
 * use Awaitility.
 */
public final class PushedEventsAssert extends ListAssert<PushedEvent> {

	private final List<PushedEvent> events;

	private final PushedEvents all;

	PushedEventsAssert(List<PushedEvent> events, PushedEvents all) {
		super(events);
		this.events = events;
		this.all = all;
		describedAs(() -> "pushed events; " + all.hint());
	}

	/** Goes on with the events of one topic. */
	public PushedEventsAssert onTopic(String topic) {
		return new PushedEventsAssert(this.events.stream().filter((event) -> event.topic().equals(topic)).toList(),
				this.all);
	}

	/** Goes on with the events of one type. */
	public PushedEventsAssert ofType(String type) {
		return new PushedEventsAssert(
				this.events.stream().filter((event) -> Objects.equals(event.type(), type)).toList(), this.all);
	}

	/** Goes on with the payloads, as objects. */
	public ListAssert<Object> data() {
		return new ListAssert<>(this.events.stream().map(PushedEvent::data).toList())
			.describedAs(() -> "data of pushed events; " + this.all.hint());
	}

}
