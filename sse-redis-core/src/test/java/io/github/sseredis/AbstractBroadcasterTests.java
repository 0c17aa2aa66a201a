package io.github.sseredis;

import java.util.concurrent.CompletableFuture;

import io.github.sseredis.BroadcastException.Outcome;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class AbstractBroadcasterTests {

	private final RecordingBroadcaster broadcaster = new RecordingBroadcaster();

	@Test
	void eventIsSentEncoded() {
		SseEvent event = SseEvent.builder().type("order").data(42).idempotencyKey("k").build();
		assertThat(this.broadcaster.broadcast("a", event)).isCompletedWithValue(EventId.parse("1"));
		EncodedEvent sent = this.broadcaster.sent().get(0);
		assertThat(sent.topic()).isEqualTo("a");
		assertThat(sent.idempotencyKey()).isEqualTo("k");
		assertThat(ParsedEvent.parse(EventFrame.withoutId(sent.fields())))
			.containsExactly(new ParsedEvent("order", "42", ""));
	}

	@Test
	void dataIsSentAsAnEventWithoutAType() {
		this.broadcaster.broadcast("a", "text");
		this.broadcaster.broadcastAfterCommit("a", 7);
		assertThat(this.broadcaster.data()).containsExactly("text", "7");
	}

	@Test
	void eventIsTakenAsOneWhateverItsStaticType() {
		Object event = SseEvent.of("order", "x");
		this.broadcaster.broadcast("a", event);
		this.broadcaster.broadcastAfterCommit("a", event);
		assertThat(this.broadcaster.sent())
			.allSatisfy((sent) -> assertThat(ParsedEvent.parse(EventFrame.withoutId(sent.fields())))
				.containsExactly(new ParsedEvent("order", "x", "")))
			.hasSize(2);
	}

	@Test
	void onlyNullArgumentsThrow() {
		SseEvent event = SseEvent.of("x");
		Object data = null;
		assertThrowsForNull("topic", () -> this.broadcaster.broadcast(null, event));
		assertThrowsForNull("topic", () -> this.broadcaster.broadcast(null, "x"));
		assertThrowsForNull("topic", () -> this.broadcaster.broadcastAfterCommit(null, event));
		assertThrowsForNull("event", () -> this.broadcaster.broadcast("a", (SseEvent) null));
		assertThrowsForNull("event", () -> this.broadcaster.broadcastAfterCommit("a", (SseEvent) null));
		assertThrowsForNull("data", () -> this.broadcaster.broadcast("a", data));
		assertThrowsForNull("data", () -> this.broadcaster.broadcastAfterCommit("a", data));
		assertThrowsForNull("principal", () -> this.broadcaster.disconnect(null));
		assertThat(this.broadcaster.sent()).isEmpty();
	}

	@Test
	void futureFailsWhenTheEventCannotBeSent() {
		assertFails(this.broadcaster.broadcast("", "x"), Outcome.NOT_SENT);
		assertFails(this.broadcaster.broadcast("a", "x".repeat(101)), Outcome.NOT_SENT);
		assertFails(this.broadcaster.broadcast("a", SseEvent.of("a\nb", "x")), Outcome.NOT_SENT);
		assertFails(this.broadcaster.broadcastAfterCommit("$a", "x"), Outcome.NOT_SENT);
		assertThat(this.broadcaster.sent()).isEmpty();
		assertThat(this.broadcaster.unobservedFailures()).isEqualTo(4);
	}

	@Test
	void outcomeIsUnknownWhenSendingThrows() {
		this.broadcaster.failWith(new IllegalStateException("a bug"));
		assertFails(this.broadcaster.broadcast("a", "x"), Outcome.UNKNOWN);
		assertFails(this.broadcaster.broadcastAfterCommit("a", "x"), Outcome.UNKNOWN);
		assertThat(this.broadcaster.disconnect("ann")).isCompletedExceptionally();
	}

	@Test
	void orderToDisconnectIsAnEventOfTheControlTopic() {
		CompletableFuture<Void> stored = this.broadcaster.disconnect("ann");
		assertThat(stored).isCompletedWithValue(null);
		assertThat(this.broadcaster.sent()).hasSize(1).allSatisfy((sent) -> {
			assertThat(sent.topic()).isEqualTo(TopicName.CONTROL);
			assertThat(ControlOrder.parse(sent.fields())).contains(new ControlOrder("ann"));
		});
	}

	private static void assertThrowsForNull(String name, ThrowingCallable call) {
		assertThatNullPointerException().isThrownBy(call).withMessage(name);
	}

	private static void assertFails(CompletableFuture<EventId> future, Outcome outcome) {
		assertThat(future).isCompletedExceptionally();
		assertThat(future.handle((id, ex) -> ex).join()).isInstanceOfSatisfying(BroadcastException.class,
				(ex) -> assertThat(ex.outcome()).isEqualTo(outcome));
	}

}
