package io.github.sseredis.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.github.sseredis.BroadcastException.Outcome;
import io.github.sseredis.EncodedEvent;
import io.github.sseredis.redis.SendQueue.GivenUp;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SendQueueTests {

	private final AtomicLong buffered = new AtomicLong();

	private final SendQueue queue = new SendQueue(this.buffered);

	private PendingEvent add(String data, long deadline) {
		PendingEvent event = Events.pending(new EncodedEvent("a", data.getBytes(StandardCharsets.UTF_8), null),
				deadline);
		this.buffered.addAndGet(event.bytes());
		assertThat(this.queue.add(event)).isTrue();
		return event;
	}

	private List<PendingEvent> take() throws InterruptedException {
		return this.queue.take(this.queue.generation());
	}

	@Test
	void boundsACallByNumberAndBytes() throws Exception {
		List<PendingEvent> small = IntStream.range(0, 100).mapToObj((i) -> add("x", Long.MAX_VALUE)).toList();
		assertThat(take()).isEqualTo(small.subList(0, 64));
		assertThat(take()).isEqualTo(small.subList(64, 100));
		List<PendingEvent> large = IntStream.range(0, 3)
			.mapToObj((i) -> add("x".repeat(100_000), Long.MAX_VALUE))
			.toList();
		assertThat(take()).isEqualTo(large.subList(0, 2));
		assertThat(take()).isEqualTo(large.subList(2, 3));
		PendingEvent huge = add("x".repeat(1_000_000), Long.MAX_VALUE);
		assertThat(take()).containsExactly(huge);
	}

	@Test
	void knowsOfWhatWasNeverInACallThatItWillNotArrive() {
		PendingEvent event = add("x", 10);
		assertThat(this.queue.expire(9)).isEmpty();
		assertThat(this.queue.expire(10)).containsExactly(new GivenUp(event, Outcome.NOT_SENT));
		assertThat(this.buffered).hasValue(0);
	}

	@Test
	void doesNotKnowTheOutcomeDuringACallAndAfterOneWithoutAnswer() throws Exception {
		PendingEvent first = add("1", 10);
		PendingEvent second = add("2", 20);
		List<PendingEvent> call = take();
		List<PendingEvent> attempt = this.queue.begin(call);
		assertThat(this.queue.expire(10)).containsExactly(new GivenUp(first, Outcome.UNKNOWN));
		this.queue.end(attempt, true);
		assertThat(this.queue.begin(attempt)).containsExactly(second);
		this.queue.end(List.of(second), false);
		assertThat(this.queue.expire(20)).containsExactly(new GivenUp(second, Outcome.UNKNOWN));
		assertThat(this.queue.begin(attempt)).isEmpty();
		assertThat(this.buffered).hasPositiveValue();
		this.queue.land(call);
		assertThat(this.buffered).hasValue(0);
	}

	@Test
	void knowsThatNothingWasSentBeforeThereWasAConnection() throws Exception {
		PendingEvent event = add("1", 10);
		List<PendingEvent> call = take();
		assertThat(this.queue.isWanted(call)).isTrue();
		assertThat(this.queue.expire(10)).containsExactly(new GivenUp(event, Outcome.NOT_SENT));
		assertThat(this.queue.begin(call)).isEmpty();
		this.queue.end(call, true);
		assertThat(this.queue.isWanted(call)).isFalse();
	}

	@Test
	void knowsThatWhatWasRefusedWillNotArrive() throws Exception {
		PendingEvent event = add("1", 10);
		List<PendingEvent> attempt = this.queue.begin(take());
		this.queue.end(attempt, false);
		assertThat(this.queue.expire(10)).containsExactly(new GivenUp(event, Outcome.NOT_SENT));
	}

	@Test
	void givesUpEverythingOnceWhenItStops() throws Exception {
		PendingEvent inFlight = add("1", Long.MAX_VALUE);
		List<PendingEvent> call = take();
		this.queue.begin(call);
		PendingEvent waiting = add("2", Long.MAX_VALUE);
		assertThat(this.queue.stop()).containsExactly(new GivenUp(inFlight, Outcome.UNKNOWN),
				new GivenUp(waiting, Outcome.NOT_SENT));
		assertThat(this.queue.giveUp(call)).isEmpty();
		assertThat(this.queue.add(waiting)).isFalse();
		this.queue.land(call);
		assertThat(this.buffered).hasValue(0);
	}

	@Test
	void givesNothingToAThreadThatHasOutlivedAStop() throws Exception {
		long before = this.queue.generation();
		this.queue.stop();
		this.queue.restart();
		PendingEvent event = add("1", Long.MAX_VALUE);
		assertThat(this.queue.take(before)).isEmpty();
		assertThat(take()).containsExactly(event);
	}

	@Test
	void waitsForWhatIsUnderWayAsLongAsSomethingHappens() throws Exception {
		Duration second = Duration.ofSeconds(1);
		assertThat(this.queue.awaitEmpty(second, second, () -> false)).isTrue();
		add("1", Long.MAX_VALUE);
		assertThat(this.queue.awaitEmpty(second, second, () -> true)).isFalse();
		List<PendingEvent> call = take();
		assertThat(this.queue.isWanted(call)).isTrue();
		long before = System.nanoTime();
		assertThat(this.queue.awaitEmpty(Duration.ofMinutes(1), Duration.ofMillis(20), () -> false)).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
		assertThat(this.queue.awaitEmpty(Duration.ofMinutes(1), Duration.ofMinutes(1),
				() -> System.nanoTime() - before > 100_000_000))
			.isFalse();
		CompletableFuture<Void> landed = CompletableFuture.runAsync(() -> this.queue.land(call));
		assertThat(this.queue.awaitEmpty(Duration.ofSeconds(30), Duration.ofSeconds(30), () -> false)).isTrue();
		landed.join();
	}

	@Test
	void tellsHowLongAnAttemptHasBeenWaiting() throws Exception {
		add("1", Long.MAX_VALUE);
		List<PendingEvent> call = take();
		assertThat(this.queue.waiting(System.nanoTime())).isZero();
		assertThat(this.queue.isWanted(call)).isTrue();
		assertThat(this.queue.waiting(System.nanoTime() + 5_000_000_000L)).isGreaterThan(Duration.ofSeconds(4));
		this.queue.end(call, true);
		assertThat(this.queue.waiting(System.nanoTime())).isZero();
	}

}
