package io.github.sseredis.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.github.sseredis.EventId;
import io.github.sseredis.log.Cursor;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.Lineage;
import io.github.sseredis.log.PartitionLog;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

/**
 * Connections, with a log and a response in memory, under whatever order of signals,
 * drains, ends, timeouts and errors. No other test may mock what they are made of:
 * Mockito changes classes for the whole JVM, and the checker follows them into Mockito.
 */
class ConnectionModelTests {

	@Test
	@Tag("full")
	void missesNoEventAndEndsOnceInWhateverOrderWhenInterleavingsAreExplored() {
		new ModelCheckingOptions().threads(2)
			.actorsPerThread(3)
			.actorsBefore(1)
			.actorsAfter(1)
			.iterations(15)
			.invocationsPerIteration(100)
			.addGuarantee(
					forClasses(EventId.class.getName(), Cursor.class.getName(), WireBlocks.class.getName()).allMethods()
						.ignore())
			.check(Model.class);
	}

	@Test
	void missesNoEventAndEndsOnceInWhateverOrderWhenThreadsRace() {
		new StressOptions().threads(3)
			.actorsPerThread(4)
			.actorsBefore(1)
			.actorsAfter(1)
			.iterations(40)
			.invocationsPerIteration(500)
			.check(Model.class);
	}

	@Test
	void isCompletedWhenItsControllerReturnsItAfterItWasGivenUp() {
		Model model = new Model();
		model.connection().abandon();
		assertThat(model.closed).hasValue(1);
		assertThat(model.connection().isOver()).isTrue();
		model.activate();
		model.requestThreadLeaves();
		assertThat(model.connection().isOver()).isFalse();
		model.drain();
		assertThat(model.connection().isOver()).isTrue();
		assertThat(model.closed).hasValue(1);
	}

	/** A connection, its log, its drainers, its clock and its container. */
	public static class Model {

		private static final String TOPIC = "a";

		private static final byte[] FIELDS = "data: x\n".getBytes(StandardCharsets.UTF_8);

		private final AtomicLong now = new AtomicLong(1);

		private final EventLog log = new EventLog(1, 1024 * 1024);

		private final ReentrantLock appending = new ReentrantLock();

		private final AtomicInteger due = new AtomicInteger();

		private final AtomicInteger closed = new AtomicInteger();

		private final FakeResponse response = new FakeResponse();

		private final ReentrantLock opening = new ReentrantLock();

		private @Nullable Connection opened;

		private final Queue<Runnable> retries = new ConcurrentLinkedQueue<>();

		private volatile boolean requestThreadHasLeft;

		private volatile boolean activated;

		// Within the first operation, not before: the checker gives objects another
		// identity hash code there.
		private Connection connection() {
			this.opening.lock();
			try {
				Connection connection = this.opened;
				if (connection == null) {
					connection = open();
					this.opened = connection;
				}
				return connection;
			}
			finally {
				this.opening.unlock();
			}
		}

		private Connection open() {
			partition().start(new Lineage("AAAAAAA", List.of()), 0);
			partition().publish(0);
			ConnectionOptions options = new ConnectionOptions(Duration.ofMinutes(30), Duration.ofSeconds(3),
					Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ZERO, null, "reset");
			ManualDrainers drainers = this::execute;
			ConnectionContext context = new ConnectionContext(this.log, new WireBlocks(options, new Jitter(() -> 0)),
					drainers, new DrainBuffers(), this::whenTrue, new ConnectionStatistics(), this.now::get,
					(connection) -> {
					}, (connection) -> this.closed.incrementAndGet());
			Connection connection = new Connection(context, new ConnectionOwner("ann", "address"),
					new Opening(List.of(TOPIC), null, options.timeout(), null), WriteAborter.INTERRUPTS,
					() -> this.requestThreadHasLeft);
			connection.emitter().extendResponse(this.response);
			return connection;
		}

		private void whenTrue(BooleanSupplier condition, Runnable task) {
			if (condition.getAsBoolean()) {
				task.run();
			}
			else {
				this.retries.add(() -> whenTrue(condition, task));
			}
		}

		private PartitionLog partition() {
			return this.log.partitions().get(0);
		}

		@Operation
		public void activate() {
			this.activated = true;
			connection().activate();
		}

		@Operation
		public void requestThreadLeaves() {
			this.requestThreadHasLeft = true;
			Runnable retry = this.retries.poll();
			if (retry != null) {
				retry.run();
			}
		}

		@Operation
		public void publish() {
			connection();
			this.appending.lock();
			try {
				long sequence = partition().end() + 1;
				partition().append(sequence, TOPIC, FIELDS);
				partition().publish(sequence);
			}
			finally {
				this.appending.unlock();
			}
		}

		@Operation
		public void drain() {
			int current = this.due.get();
			if (current > 0 && this.due.compareAndSet(current, current - 1)) {
				connection().run();
			}
		}

		@Operation
		public void heartbeatIsDue() {
			tickAfter(Duration.ofSeconds(16));
		}

		@Operation
		public void lifeIsOver() {
			tickAfter(Duration.ofHours(1));
		}

		@Operation
		public void isCompleted() {
			connection().emitter().complete();
		}

		@Operation
		public void isDisconnected() {
			connection().end(EndReason.DISCONNECTED);
		}

		@Operation
		public void writeTakesTooLong() {
			connection().end(EndReason.WRITE_TIMEOUT);
		}

		@Operation
		public void isAbandoned() {
			connection().abandon();
		}

		@Operation
		public void responseBreaks() {
			this.response.breakDown();
		}

		@Operation
		public void containerReportsAnError() {
			connection().failed();
		}

		@Operation
		public void containerReportsCompletion() {
			connection().closed();
		}

		@Validate
		public void afterAllDrains() {
			requestThreadLeaves();
			while (this.due.get() > 0) {
				drain();
			}
			tickAfter(Duration.ofSeconds(1));
			while (this.due.get() > 0) {
				drain();
			}
			if (this.closed.get() > 1) {
				throw new IllegalStateException("closed twice");
			}
			boolean ended = connection().isEnded();
			if (this.log.subscriberCount(TOPIC) != (ended ? 0 : 1)) {
				throw new IllegalStateException("in the index after the end, or not before");
			}
			if (this.activated && ended && !connection().isOver()) {
				throw new IllegalStateException("the end was missed");
			}
			if (this.activated && !ended && this.response.events() != this.log.partitions().get(0).end()) {
				throw new IllegalStateException("an event was missed");
			}
		}

		private void tickAfter(Duration time) {
			connection().tick(this.now.addAndGet(time.toNanos()), EndReason.LIFE_OVER);
		}

		/** Counts the drains that are due; a second one may not be. */
		private void execute(Runnable drain) {
			if (!(drain instanceof Connection)) {
				drain.run();
			}
			else if (this.due.incrementAndGet() > 1) {
				throw new IllegalStateException("a second drain is scheduled");
			}
		}

	}

}
