package io.github.sseredis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.BroadcastException.Outcome;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.LocalBroadcaster;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.Test;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

class PublishObservationTests {

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	private final EventEncoder encoder = new EventEncoder((data) -> "{}", 10);

	private final LocalBroadcaster broadcaster = new LocalBroadcaster(new EventLog(1, 1_000_000), this.encoder,
			Duration.ofMinutes(1));

	@Test
	void publicationBelongsToWhatTheCallerObserves() {
		this.broadcaster.setObservationRegistry(this.observations);
		Observation caller = Observation.start("caller", this.observations);
		try (Observation.Scope scope = caller.openScope()) {
			this.broadcaster.broadcast("user:1", "data").join();
		}
		caller.stop();
		assertThat(this.observations).hasObservationWithNameEqualTo("sse.publish")
			.that()
			.hasParentObservationEqualTo(caller)
			.hasContextualNameEqualTo("sse publish")
			.hasLowCardinalityKeyValue("outcome", "stored")
			.hasHighCardinalityKeyValue("topic", "user:1")
			.doesNotHaveError()
			.hasBeenStopped();
	}

	@Test
	void topicIsNoKeyOfLowCardinality() {
		this.broadcaster.setObservationRegistry(this.observations);
		this.broadcaster.broadcast("user:1", "data").join();
		assertThat(this.observations).hasObservationWithNameEqualTo("sse.publish")
			.that()
			.doesNotHaveLowCardinalityKeyValueWithKey("topic");
	}

	@Test
	void whatCannotBeEncodedIsObservedAsNotSent() {
		this.broadcaster.setObservationRegistry(this.observations);
		assertThat(this.broadcaster.broadcast("user:1", "longer than ten bytes")).isCompletedExceptionally();
		assertThat(this.observations).hasObservationWithNameEqualTo("sse.publish")
			.that()
			.hasLowCardinalityKeyValue("outcome", "not-sent")
			.hasError()
			.hasBeenStopped();
	}

	@Test
	void observationLastsUntilTheAnswer() {
		List<PublishFuture> sent = new ArrayList<>();
		AbstractBroadcaster slow = new AbstractBroadcaster(this.encoder) {

			@Override
			protected void send(EncodedEvent event, PublishFuture future) {
				sent.add(future);
			}

			@Override
			protected int connectionCount(String topic) {
				return 0;
			}

			@Override
			public EventId lastEventId() {
				return EventId.NONE;
			}

		};
		slow.setObservationRegistry(this.observations);
		slow.broadcast("a", "data");
		assertThat(this.observations).hasObservationWithNameEqualTo("sse.publish")
			.that()
			.hasBeenStarted()
			.isNotStopped();
		sent.get(0).fail(new BroadcastException(Outcome.UNKNOWN, "no answer", null));
		sent.get(0).fail(new BroadcastException(Outcome.NOT_SENT, "twice", null));
		assertThat(this.observations).hasNumberOfObservationsWithNameEqualTo("sse.publish", 1)
			.hasObservationWithNameEqualTo("sse.publish")
			.that()
			.hasLowCardinalityKeyValue("outcome", "unknown")
			.hasBeenStopped();
	}

	@Test
	void failureStaysUnobservedThoughItHasAnObservation() {
		this.broadcaster.setObservationRegistry(this.observations);
		this.broadcaster.broadcast("user:1", "longer than ten bytes");
		assertThat(this.broadcaster.unobservedFailures()).isEqualTo(1);
	}

	@Test
	void nothingIsObservedWithoutARegistry() {
		assertThat(this.broadcaster.broadcast("user:1", "data")).isCompleted();
		assertThat(this.observations).doesNotHaveAnyObservation();
	}

}
