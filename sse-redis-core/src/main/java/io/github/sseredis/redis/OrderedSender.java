package io.github.sseredis.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.sseredis.BroadcastException.Outcome;
import io.github.sseredis.EventId;
import io.github.sseredis.log.Cursor;
import io.github.sseredis.log.Position;
import io.github.sseredis.redis.RedisPartition.PublishAnswer;
import io.github.sseredis.redis.SendQueue.GivenUp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the events of one partition in the order in which they were given to it. One call
 * is in flight; it carries what gathered during the one before, and is repeated until it
 * is answered, so that nothing overtakes. No pipelining: in a pipeline a command that
 * fails is overtaken by those after it. An attempt that was held up on its way is refused
 * by its number when a later one has been there.
 *
 * <p>
 * Futures are completed on an executor of their own: what a caller attached to one must
 * hold up no event.
 */
final class OrderedSender implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(RedisBroadcaster.class);

	private static final long FIRST_PAUSE_MILLIS = 10;

	private static final long LONGEST_PAUSE_MILLIS = 500;

	/** How long the sender waits for its own events to come back. */
	private static final Duration ECHO_PATIENCE = Duration.ofSeconds(1);

	private static final String STOPPED = "the application stopped before Redis took the event";

	/** How long a sender with a connection waits for the subscription to begin. */
	private static final Duration BEGIN_PATIENCE = Duration.ofMillis(1500);

	/** From when on a call without an answer is talked about. */
	private static final Duration LONG_CALL = Duration.ofSeconds(2);

	private final RedisPartition partition;

	private final int partitions;

	private final String name;

	private final SendQueue queue;

	private final Completions completions;

	private final PublishMonitor monitor;

	private final OwnEcho echo;

	/** Held by the thread that sends: the next waits until a call has returned. */
	private final ReentrantLock sending = new ReentrantLock();

	// Guarded by the sending lock.

	private @Nullable Position acknowledged;

	private long attempts;

	/** When to wait no longer for the subscription to begin; 0 before the first call. */
	private long beginBy;

	/**
	 * Creates a sender.
	 * @param name different from that of every other sender
	 */
	OrderedSender(RedisPartition partition, int partitions, String name, SendQueue queue, Completions completions,
			PublishMonitor monitor, OwnEcho echo) {
		this.partition = partition;
		this.partitions = partitions;
		this.name = name;
		this.queue = queue;
		this.completions = completions;
		this.monitor = monitor;
		this.echo = echo;
	}

	@Override
	public void run() {
		long generation = this.queue.generation();
		try {
			this.sending.lockInterruptibly();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return;
		}
		try {
			List<PendingEvent> call = this.queue.take(generation);
			while (!call.isEmpty()) {
				send(call);
				awaitEcho();
				call = this.queue.take(generation);
			}
		}
		catch (InterruptedException ex) {
			// Stopped; what is left has been failed.
			Thread.currentThread().interrupt();
		}
		finally {
			this.sending.unlock();
		}
	}

	private void send(List<PendingEvent> call) throws InterruptedException {
		try {
			long pause = FIRST_PAUSE_MILLIS;
			long first = this.attempts + 1;
			while (this.queue.isWanted(call) && !attempt(call, first)) {
				TimeUnit.MILLISECONDS.sleep(pause);
				pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
			}
		}
		catch (RuntimeException | Error ex) {
			// Whatever it is, it must end neither the thread nor what comes after.
			logger.error("A call of {} events was given up", call.size(), ex);
			fail(this.queue.giveUp(call), "sending failed: " + ex);
		}
		finally {
			fail(this.queue.giveUp(call), STOPPED);
			this.queue.land(call);
		}
	}

	/**
	 * Returns whether the call is over. What is given up before there is a connection is
	 * not sent, and is known not to have been.
	 */
	private boolean attempt(List<PendingEvent> call, long first) {
		boolean outcomeUnknown = true;
		try {
			List<PendingEvent> events = new ArrayList<>();
			PublishAnswer answer = this.partition.publish(() -> {
				awaitBeginning();
				events.addAll(this.queue.begin(call));
				return new PublishCall(this.name, ++this.attempts, first, events);
			}, this.echo.newest(this.acknowledged));
			outcomeUnknown = false;
			if (!events.isEmpty()) {
				complete(events, answer);
			}
			return true;
		}
		catch (RuntimeException ex) {
			RedisFailure failure = RedisFailure.of(ex);
			outcomeUnknown = failure.isOutcomeUnknown();
			this.monitor.failed(this.partition.number(), failure);
			return false;
		}
		finally {
			this.queue.end(call, outcomeUnknown);
		}
	}

	// First everything that can go wrong, then what is said of publishing, and then the
	// futures: whoever learns of an event finds that publishing works.
	private void complete(List<PendingEvent> events, PublishAnswer answer) {
		List<Completions.Completion> completed = new ArrayList<>();
		long bytes = 0;
		for (int i = 0; i < events.size(); i++) {
			PendingEvent event = events.get(i);
			String result = answer.results().get(i);
			Position position = result.startsWith("!") ? null : RedisPosition.parse(result);
			if (position == null) {
				completed.add(new Completions.Completion(event.future(),
						() -> event.fail(Outcome.NOT_SENT, "Redis refused this event: " + result, null)));
				continue;
			}
			acknowledge(position, answer.epoch());
			bytes += event.bytes();
			EventId id = idOf(position);
			completed.add(new Completions.Completion(event.future(), () -> event.future().succeed(id)));
		}
		if (this.acknowledged != null) {
			this.echo.published(this.acknowledged, bytes);
		}
		this.queue.giveUp(events);
		this.monitor.published(this.partition.number(), answer.publishError());
		this.completions.complete(completed);
	}

	private void acknowledge(Position position, String epoch) {
		Position before = this.acknowledged;
		if (position.epoch().equals(epoch)
				&& (before == null || !before.epoch().equals(epoch) || before.sequence() < position.sequence())) {
			this.acknowledged = position;
		}
	}

	private EventId idOf(Position position) {
		@Nullable Position[] positions = new @Nullable Position[this.partitions];
		positions[this.partition.number()] = position;
		return Cursor.of(positions).toEventId();
	}

	// Streams that have waited for Redis begin with the position of the subscription:
	// what
	// has waited as long is to come after it.
	private void awaitBeginning() {
		if (this.beginBy == 0) {
			this.beginBy = System.nanoTime() + BEGIN_PATIENCE.toNanos();
		}
		try {
			while (this.echo.isToBegin() && System.nanoTime() - this.beginBy < 0) {
				TimeUnit.MILLISECONDS.sleep(1);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void awaitEcho() throws InterruptedException {
		long deadline = System.nanoTime() + ECHO_PATIENCE.toNanos();
		while (this.echo.isFarBehind() && System.nanoTime() - deadline < 0) {
			TimeUnit.MILLISECONDS.sleep(1);
		}
	}

	/** Fails what has waited too long, and says so when a call hangs. */
	void expire(long now, Duration timeout) {
		Duration waiting = this.queue.waiting(now);
		if (waiting.compareTo(LONG_CALL) > 0) {
			this.monitor.failed(this.partition.number(), RedisFailure.noAnswer(waiting));
		}
		List<GivenUp> expired = this.queue.expire(now);
		if (!expired.isEmpty()) {
			fail(expired, "Redis did not take the event within " + timeout + " (sse.publish.timeout). "
					+ this.monitor.lastFailure());
		}
	}

	/** Lets the thread end, and fails what was not sent. */
	void stop() {
		fail(this.queue.stop(), STOPPED);
	}

	private void fail(List<GivenUp> events, String message) {
		if (!events.isEmpty()) {
			this.completions.complete(events.stream()
				.map((event) -> new Completions.Completion(event.event().future(), () -> event.fail(message)))
				.toList());
		}
	}

}
