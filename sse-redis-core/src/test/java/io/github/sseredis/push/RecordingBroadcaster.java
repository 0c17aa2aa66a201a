package io.github.sseredis.push;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.sseredis.AbstractBroadcaster;
import io.github.sseredis.BroadcastException;
import io.github.sseredis.BroadcastException.Outcome;
import io.github.sseredis.EncodedEvent;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.EventId;
import io.github.sseredis.PayloadEncoder;
import io.github.sseredis.PublishFuture;

/** Keeps what is published, or fails it. */
public final class RecordingBroadcaster extends AbstractBroadcaster {

	private final List<EncodedEvent> events = new CopyOnWriteArrayList<>();

	private volatile boolean failing;

	public RecordingBroadcaster() {
		this(String::valueOf);
	}

	public RecordingBroadcaster(PayloadEncoder encoder) {
		super(new EventEncoder(encoder, 0));
	}

	/** Returns what was published, as {@code topic event: ... data: ...}. */
	public List<String> published() {
		return this.events.stream()
			.map((event) -> event.topic() + " "
					+ new String(event.fields(), StandardCharsets.UTF_8).strip().replace('\n', ' '))
			.toList();
	}

	public List<EncodedEvent> events() {
		return this.events;
	}

	public void fail(boolean failing) {
		this.failing = failing;
	}

	@Override
	public EventId lastEventId() {
		return EventId.NONE;
	}

	@Override
	protected void send(EncodedEvent event, PublishFuture future) {
		if (this.failing) {
			future.fail(new BroadcastException(Outcome.NOT_SENT, "the test\nsays so", null));
			return;
		}
		this.events.add(event);
		future.succeed(EventId.parse(String.valueOf(this.events.size())));
	}

	@Override
	protected int connectionCount(String topic) {
		return 0;
	}

}
