package io.github.sseredis.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.Lineage;
import io.github.sseredis.log.PartitionLog;
import io.github.sseredis.log.Position;
import io.github.sseredis.web.WriteAborter.Next;
import org.jspecify.annotations.Nullable;

/**
 * Connections with their log and their supervisor, in time that passes when a test says
 * so, on its thread. Only stuck writes are ended by another one.
 */
final class VirtualConnections {

	static final String EPOCH = "AAAAAAA";

	final VirtualScheduler scheduler = new VirtualScheduler();

	/** Those that are not over for the container. */
	final Set<Connection> all = ConcurrentHashMap.newKeySet();

	final ConnectionStatistics statistics = new ConnectionStatistics();

	/** How often a request was looked for in the container. */
	final AtomicInteger looks = new AtomicInteger();

	/** Drains that were said to open a stream. */
	final AtomicInteger openings = new AtomicInteger();

	/** How many stuck writes were ended. */
	final AtomicInteger aborts = new AtomicInteger();

	final EventLog log;

	final Supervisor supervisor;

	private final ConnectionContext context;

	private DoubleSupplier random = () -> 0;

	private Runnable onEnd = () -> {
	};

	VirtualConnections(EventLog log, Duration heartbeatInterval) {
		this.log = log;
		for (PartitionLog partition : log.partitions()) {
			partition.start(new Lineage(EPOCH, List.of()), 0);
			partition.publish(0);
		}
		ConnectionOptions options = new ConnectionOptions(Duration.ofMinutes(30), Duration.ofSeconds(3),
				heartbeatInterval, Duration.ofSeconds(30), Duration.ZERO, null, "reset");
		this.context = new ConnectionContext(log, new WireBlocks(options, new Jitter(() -> this.random.getAsDouble())),
				new OwnDrainers(), new DrainBuffers(), this::whenTrue, this.statistics, this.scheduler::now,
				this::ended, this.all::remove);
		this.supervisor = new Supervisor(this.all, this.context, this.scheduler);
	}

	private void whenTrue(BooleanSupplier condition, Runnable task) {
		this.supervisor.whenTrue(condition, task);
	}

	private void ended(Connection connection) {
		this.supervisor.ended(connection);
		this.onEnd.run();
	}

	/** Sets what happens when the end of a connection was decided. */
	void onEnd(Runnable action) {
		this.onEnd = action;
	}

	/** Sets what jitter is taken from; without it there is none. */
	void jitter(DoubleSupplier random) {
		this.random = random;
	}

	/** Opens a connection that is not returned to Spring. */
	Connection pending(Opening opening) {
		WriteAborter aborter = (step) -> {
			if (step == 0) {
				this.aborts.incrementAndGet();
			}
			return Next.WAIT;
		};
		Connection connection = new Connection(this.context, new ConnectionOwner("ann", "address"), opening, aborter,
				new LookedAtRequest());
		this.all.add(connection);
		return connection;
	}

	/** Opens a connection that has written its opening. */
	Connection open(Opening opening, FakeResponse response) {
		Connection connection = pending(opening);
		connection.emitter().extendResponse(response);
		connection.activate();
		advance(Duration.ZERO);
		return connection;
	}

	Connection open(Duration life, @Nullable Duration expiry) {
		return open(new Opening(List.of("a"), null, life, expiry), new FakeResponse());
	}

	Connection open(FakeResponse response) {
		return open(new Opening(List.of("a"), null, Duration.ZERO, null), response);
	}

	/** Publishes an event to a topic. */
	Position publish(String topic) {
		PartitionLog partition = this.log.partitionOf(topic);
		long sequence = partition.end() + 1;
		partition.append(sequence, topic, "data: x\n".getBytes(StandardCharsets.UTF_8));
		partition.publish(sequence);
		return new Position(EPOCH, sequence);
	}

	void advance(Duration time) {
		this.scheduler.advance(time);
	}

	/** Why a connection ends; null if it does not. */
	static @Nullable EndReason reason(Connection connection) {
		ConnectionEnd end = connection.ending();
		return end != null ? end.reason() : null;
	}

	/** A request whose thread has left, and that the container may have forgotten. */
	private final class LookedAtRequest implements ContainerRequest {

		@Override
		public boolean isLeft() {
			return true;
		}

		@Override
		public ContainerRequest afterwards() {
			return this;
		}

		@Override
		public void endIfForgotten() {
			VirtualConnections.this.looks.incrementAndGet();
		}

	}

	/** Drain when time passes. */
	private final class OwnDrainers implements ManualDrainers {

		@Override
		public void execute(Runnable drain) {
			VirtualConnections.this.scheduler.execute(drain);
		}

		@Override
		public void executeOpening(Runnable drain) {
			VirtualConnections.this.openings.incrementAndGet();
			execute(drain);
		}

	}

}
