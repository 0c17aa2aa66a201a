package io.github.sseredis.web;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import io.github.sseredis.ConnectionInfo;
import io.github.sseredis.log.Subscriber;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open response: a cursor on the event log that is drained by one thread at a time.
 *
 * <p>
 * Whoever has news for it ({@link #signal}: something to read, a heartbeat due, the end)
 * makes sure by the {@link DrainState} that a drain follows.
 *
 * <p>
 * The {@linkplain ConnectionEnd end} is decided once, by whoever comes first, and takes
 * the connection out of the index of topics at once; {@link Completion} follows when the
 * drainer has left. Whoever sees the end sees its reason and its time.
 */
final class Connection implements Subscriber, Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Connection.class);

	private final ConnectionContext context;

	private final ConnectionOwner owner;

	private final List<String> topics;

	private final Instant opened = Instant.now();

	private final long openedAt;

	private final ConnectionEmitter emitter;

	private final ConnectionWriter writer;

	private final DrainState drain = new DrainState();

	private final Deadlines deadlines;

	private final Completion completion;

	private final AtomicReference<@Nullable ConnectionEnd> end = new AtomicReference<>();

	Connection(ConnectionContext context, ConnectionOwner owner, Opening opening, WriteAborter aborter,
			ContainerRequest request) {
		this.context = context;
		this.owner = owner;
		this.topics = opening.topics();
		this.openedAt = context.ticker().getAsLong();
		this.deadlines = new Deadlines(this.openedAt, opening, context.jitter(), context.options().heartbeatInterval());
		this.emitter = new ConnectionEmitter(this, new BlockedWrite(aborter), context.ticker());
		this.completion = new Completion(this.emitter, request);
		// From here on there may be signals, which do nothing before activate().
		TopicReaders readers = TopicReaders.open(context.log(), opening.topics(), opening.lastEventId(), this);
		this.writer = new ConnectionWriter(this.emitter, readers, context, opening);
	}

	ConnectionEmitter emitter() {
		return this.emitter;
	}

	ConnectionWriter writer() {
		return this.writer;
	}

	ConnectionOwner owner() {
		return this.owner;
	}

	List<String> topics() {
		return this.topics;
	}

	long openedAt() {
		return this.openedAt;
	}

	/** Lets the first drain happen soon: Spring owns the emitter. */
	void activate() {
		if (this.drain.activate()) {
			this.context.waits().whenTrue(this.completion::isLeft, this::begin);
		}
	}

	private void begin() {
		this.completion.left();
		if (this.drain.ready()) {
			execute(Drainers::executeOpening, this);
		}
	}

	@Override
	public void signal() {
		if (this.drain.signal()) {
			schedule();
		}
	}

	/** Drains once; called by the drainers. */
	@Override
	public void run() {
		this.drain.begin();
		boolean more = this.end.get() == null && drainOrEnd();
		ConnectionEnd decided = this.end.get();
		if (decided == null) {
			if (this.drain.rest(more)) {
				schedule();
			}
		}
		else if (this.completion.awaitsReport(now())) {
			// tick() signals again.
			this.drain.pause();
		}
		else {
			finish(decided.reason());
		}
	}

	private boolean drainOrEnd() {
		try {
			return drainOnce();
		}
		catch (IOException ex) {
			logger.debug("Write to {} failed: {}", this, ex.getMessage());
			this.completion.writeFailed(now());
			end(EndReason.CLIENT_GONE);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("{} ends, its drain failed", this, ex);
			end(EndReason.ERROR);
		}
		return false;
	}

	private boolean drainOnce() throws IOException {
		boolean heartbeat = this.deadlines.takeHeartbeat();
		DrainBuffer buffer = this.context.buffers().take();
		try {
			boolean more = this.writer.drain(buffer, heartbeat);
			if (this.writer.hasWritten()) {
				long now = now();
				this.deadlines.written(now);
				this.writer.count(now);
			}
			return more;
		}
		finally {
			this.context.buffers().giveBack(buffer);
		}
	}

	private void finish(EndReason reason) {
		if (reason.saysWhenToReconnect() && this.completion.isWritable() && !writeFarewell(reason)) {
			// tick() signals again.
			this.drain.pause();
			return;
		}
		this.completion.complete(now());
		this.drain.finish();
	}

	private boolean writeFarewell(EndReason reason) {
		try {
			this.writer.writeFarewell(reason);
			return true;
		}
		catch (IOException | RuntimeException | Error ex) {
			logger.debug("Last write to {} failed: {}", this, ex.toString());
			this.completion.writeFailed(now());
			return false;
		}
	}

	/**
	 * Ends the connection.
	 * @return whether it was this call that ended it
	 */
	boolean end(EndReason reason) {
		if (!this.end.compareAndSet(null, new ConnectionEnd(reason, now()))) {
			return false;
		}
		if (!this.topics.isEmpty()) {
			this.context.statistics().connectionEnded(reason);
		}
		this.context.ended().accept(this);
		this.writer.close();
		logger.debug("{} ended: {}", this, reason);
		signal();
		return true;
	}

	/** Ends the connection of a request that never became a stream. */
	void abandon() {
		end(EndReason.ABANDONED);
		if (this.drain.abandon()) {
			closed();
		}
	}

	/**
	 * Called by the container, and holding its locks, when it found the response broken.
	 * To complete it here is what keeps the container from an error page. Jetty does not
	 * report the end after that.
	 */
	void failed() {
		// First: a drainer that sees the end leaves the completion to this thread.
		this.completion.completeBroken();
		closed();
	}

	/** Called by the container, and holding its locks, when the request is over. */
	void closed() {
		end(EndReason.CLIENT_GONE);
		if (this.completion.close()) {
			this.context.closed().accept(this);
		}
	}

	/** Ends the connection at a time, if its life does not end before. */
	void endLifeAt(long time) {
		this.deadlines.endLifeAt(time);
	}

	/**
	 * Does what is due; called again and again by the supervisor.
	 * @param lifeOver why the connection ends if its life is over
	 */
	void tick(long now, EndReason lifeOver) {
		if (this.drain.isOver()) {
			if (this.completion.takeLook(now)) {
				execute(Drainers::execute, this.completion::endIfForgotten);
			}
		}
		else if (this.completion.isUnreported(now)) {
			signal();
		}
		else if (this.end.get() == null && !this.drain.isPending()) {
			EndReason passed = this.deadlines.passed(now, lifeOver);
			if (passed != null) {
				end(passed);
			}
			else if (this.deadlines.markHeartbeat(now)) {
				signal();
			}
		}
	}

	private void schedule() {
		execute(Drainers::execute, this);
	}

	private void execute(BiConsumer<Drainers, Runnable> how, Runnable task) {
		try {
			how.accept(this.context.drainers(), task);
		}
		catch (RejectedExecutionException ex) {
			// Only once the registry is gone, which completes nothing any more.
			logger.debug("{} is left to the container: no drainers", this);
		}
	}

	private long now() {
		return this.context.ticker().getAsLong();
	}

	/** Whether it was admitted and has not been ended. */
	boolean isOpen() {
		return !this.topics.isEmpty() && !isEnded();
	}

	/** Whether its end was decided. */
	boolean isEnded() {
		return this.end.get() != null;
	}

	/** Why and since when it ends; null while it does not. */
	@Nullable ConnectionEnd ending() {
		return this.end.get();
	}

	/** Whether Spring does not own the emitter yet. */
	boolean isPending() {
		return this.drain.isPending();
	}

	/** Whether nothing will be written any more. */
	boolean isOver() {
		return this.drain.isOver();
	}

	/** Whether it is over for the container too. */
	boolean isClosed() {
		return this.completion.isClosed();
	}

	BlockedWrite blockedWrite() {
		return this.emitter.blockedWrite();
	}

	// One that has nothing to do has been served all that is on its topics, however far
	// the log has gone on with others.
	long lag() {
		return this.drain.isIdle() && this.writer.isUpToDate() ? 0 : this.writer.lag();
	}

	ConnectionInfo info() {
		return new ConnectionInfo(this.topics, this.owner.principal(), this.owner.address(), this.opened,
				this.writer.lastEventId(), lag());
	}

	@Override
	public String toString() {
		return "Connection " + this.topics + (this.owner.principal() != null ? " of " + this.owner.principal() : "");
	}

}
