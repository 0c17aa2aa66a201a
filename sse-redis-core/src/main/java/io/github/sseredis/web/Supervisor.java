package io.github.sseredis.web;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.CustomizableThreadCreator;

/**
 * The clock of the connections: one thread that finds heartbeats due, lives over, writes
 * that are stuck and requests that never became streams. It only marks and signals; it
 * never writes and never waits for a drainer. Thread-safe.
 *
 * <p>
 * It looks at all connections in rounds, as far apart as the shortest of their times
 * allows, up to a second; so what has its time ends up to a round late, never early. At
 * those whose end was decided, and at all when the application stops, it looks often.
 */
final class Supervisor {

	private static final Logger logger = LoggerFactory.getLogger(Supervisor.class);

	/** How often to look at the connections that are ending: few, and soon gone. */
	private static final long TICK_MILLIS = 100;

	/**
	 * How often to look at all connections at the least: every look at 10,000 takes some
	 * milliseconds.
	 */
	private static final long LONGEST_ROUND_MILLIS = 1000;

	private static final long FIRST_LOOK_MILLIS = 1;

	private static final long LAST_LOOK_MILLIS = 64;

	private static final long STUCK_CHECK_MILLIS = 20;

	private static final long STUCK_NANOS = Duration.ofMillis(10).toNanos();

	/** What is stuck for less is not aborted early, however many wait. */
	private static final long ABORT_NANOS = Duration.ofMillis(100).toNanos();

	private static final long PENDING_NANOS = Duration.ofSeconds(30).toNanos();

	/** What an ended connection has for its last write. */
	private static final long LAST_WRITE_NANOS = Duration.ofSeconds(1).toNanos();

	private final Set<Connection> connections;

	/** Those whose end was decided, until they are over for the container too. */
	private final Set<Connection> ending = ConcurrentHashMap.newKeySet();

	private final ConnectionContext context;

	private final WriteAborts aborts;

	/** One thread, which drops what it is given once it was shut down. */
	private final ScheduledExecutorService scheduler;

	private volatile boolean draining;

	/**
	 * Creates a supervisor, which begins at once.
	 * @param connections those it looks at, with what is added later
	 * @param scheduler what {@link #newScheduler} returned
	 */
	Supervisor(Set<Connection> connections, ConnectionContext context, ScheduledExecutorService scheduler) {
		this.connections = connections;
		this.context = context;
		this.aborts = new WriteAborts(context.statistics());
		this.scheduler = scheduler;
		repeat(this::tickOpen, roundMillis(context.options()));
		repeat(this::tickEnding, TICK_MILLIS);
		repeat(this::compensate, STUCK_CHECK_MILLIS);
	}

	static ScheduledExecutorService newScheduler() {
		CustomizableThreadCreator threads = new CustomizableThreadCreator("sse-scheduler-");
		threads.setDaemon(true);
		return new ScheduledThreadPoolExecutor(1, threads::createThread, new ThreadPoolExecutor.DiscardPolicy());
	}

	private void repeat(Runnable task, long delayMillis) {
		this.scheduler.scheduleWithFixedDelay(guarded(task), delayMillis, delayMillis, TimeUnit.MILLISECONDS);
	}

	/** Runs a task that neither blocks nor writes; does nothing once stopped. */
	void execute(Runnable task) {
		this.scheduler.execute(guarded(task));
	}

	/**
	 * Runs a task once a condition is true: at once, or after looks that come twice as
	 * late each time. Neither may block.
	 */
	void whenTrue(BooleanSupplier condition, Runnable task) {
		whenTrue(condition, task, FIRST_LOOK_MILLIS);
	}

	private void whenTrue(BooleanSupplier condition, Runnable task, long nextLook) {
		if (condition.getAsBoolean()) {
			task.run();
			return;
		}
		long later = Math.min(2 * nextLook, LAST_LOOK_MILLIS);
		this.scheduler.schedule(guarded(() -> whenTrue(condition, task, later)), nextLook, TimeUnit.MILLISECONDS);
	}

	/** Takes back {@link #drain}: the application starts again. */
	void resume() {
		this.draining = false;
	}

	/** Whether connections are being ended because the application stops. */
	boolean isDraining() {
		return this.draining;
	}

	/**
	 * Ends all connections, spread over a time, and calls back when the last has been
	 * told, or is stuck in being told; at once when nobody would look any more.
	 */
	void drain(Duration spread, Runnable done) {
		this.draining = true;
		long now = this.context.ticker().getAsLong();
		for (Connection connection : this.connections) {
			connection.endLifeAt(now + this.context.jitter().upTo(spread).toNanos());
		}
		long deadline = now + spread.toNanos() + 2 * LAST_WRITE_NANOS;
		if (this.scheduler.isShutdown()) {
			done.run();
			return;
		}
		execute(() -> awaitAllOver(deadline, done));
	}

	private void awaitAllOver(long deadline, Runnable done) {
		if (this.context.ticker().getAsLong() >= deadline || this.connections.stream().allMatch(Connection::isOver)) {
			done.run();
			return;
		}
		// First, so that whatever fails meanwhile the stop is not waited for in vain.
		this.scheduler.schedule(guarded(() -> awaitAllOver(deadline, done)), STUCK_CHECK_MILLIS, TimeUnit.MILLISECONDS);
		tickOpen();
		tickEnding();
	}

	void stop() {
		this.scheduler.shutdownNow();
		this.aborts.close();
	}

	/** The end of a connection was decided. */
	void ended(Connection connection) {
		this.ending.add(connection);
	}

	// A tenth of the shortest time that a connection may have.
	private static long roundMillis(ConnectionOptions options) {
		Duration shortest = Stream.of(options.heartbeatInterval(), options.writeTimeout(), options.timeout())
			.filter(Predicate.not(Duration::isZero))
			.min(Comparator.naturalOrder())
			.orElseThrow();
		return Math.max(TICK_MILLIS, Math.min(shortest.toMillis() / 10, LONGEST_ROUND_MILLIS));
	}

	private void tickOpen() {
		long now = this.context.ticker().getAsLong();
		EndReason lifeOver = this.draining ? EndReason.SHUTDOWN : EndReason.LIFE_OVER;
		for (Connection connection : this.connections) {
			if (!connection.isEnded()) {
				tick(connection, now, lifeOver);
			}
		}
	}

	private void tickEnding() {
		long now = this.context.ticker().getAsLong();
		this.ending.removeIf(Connection::isClosed);
		this.ending.forEach((connection) -> tick(connection, now, EndReason.SHUTDOWN));
	}

	private void tick(Connection connection, long now, EndReason lifeOver) {
		connection.tick(now, lifeOver);
		if (connection.isPending()) {
			checkPending(connection, now);
		}
		else if (isStuckTooLong(connection, now)) {
			abort(connection);
		}
	}

	// What is pending has been neither returned to Spring nor abandoned: a filter or a
	// servlet took it, or the controller is still at work.
	private void checkPending(Connection connection, long now) {
		if (now - connection.openedAt() > PENDING_NANOS && !connection.isOver()) {
			logger.warn("{} was not returned from its controller within {} s and is given up", connection,
					TimeUnit.NANOSECONDS.toSeconds(PENDING_NANOS));
			connection.abandon();
		}
	}

	private boolean isStuckTooLong(Connection connection, long now) {
		BlockedWrite write = connection.blockedWrite();
		if (!write.isActive()) {
			return false;
		}
		long since = write.startedAt();
		ConnectionEnd end = connection.ending();
		return end == null ? now - since >= this.context.options().writeTimeout().toNanos()
				: now - Math.max(since, end.decidedAt()) >= LAST_WRITE_NANOS;
	}

	private void abort(Connection connection) {
		connection.end(EndReason.WRITE_TIMEOUT);
		this.aborts.abort(connection.blockedWrite());
	}

	// At the limit of threads the writes that have been stuck longest make room.
	private void compensate() {
		Drainers drainers = this.context.drainers();
		if (!drainers.isBusy()) {
			return;
		}
		long now = this.context.ticker().getAsLong();
		List<Connection> stuck = this.connections.stream().filter((connection) -> {
			BlockedWrite write = connection.blockedWrite();
			return write.isActive() && now - write.startedAt() > STUCK_NANOS;
		}).toList();
		int tooMany = drainers.compensate(stuck.size());
		if (tooMany > 0) {
			stuck.stream()
				.filter((connection) -> now - connection.blockedWrite().startedAt() > ABORT_NANOS)
				.sorted(Comparator.comparingLong((connection) -> connection.blockedWrite().startedAt()))
				.limit(tooMany)
				.forEach(this::abort);
		}
	}

	private static Runnable guarded(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (RuntimeException | Error ex) {
				// A periodic task that throws would never run again.
				logger.error("The supervision of connections failed, and goes on", ex);
			}
		};
	}

}
