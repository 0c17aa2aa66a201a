package io.github.sseredis;

import java.util.ArrayList;
import java.util.List;

/** Takes every event, and remembers what it was told. */
final class RecordingBroadcaster extends AbstractBroadcaster {

	private final List<EncodedEvent> sent = new ArrayList<>();

	private RuntimeException failure;

	RecordingBroadcaster() {
		super(new EventEncoder(String::valueOf, 100));
	}

	void failWith(RuntimeException failure) {
		this.failure = failure;
	}

	List<EncodedEvent> sent() {
		return this.sent;
	}

	/** The payloads that were sent, in order. */
	List<String> data() {
		return this.sent.stream()
			.map((event) -> ParsedEvent.parse(EventFrame.withoutId(event.fields())).get(0).data())
			.toList();
	}

	@Override
	public EventId lastEventId() {
		return EventId.NONE;
	}

	@Override
	protected void send(EncodedEvent event, PublishFuture future) {
		if (this.failure != null) {
			throw this.failure;
		}
		this.sent.add(event);
		future.succeed(EventId.parse(String.valueOf(this.sent.size())));
	}

	@Override
	protected int connectionCount(String topic) {
		return 0;
	}

}
