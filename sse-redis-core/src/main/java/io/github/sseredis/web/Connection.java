package io.github.sseredis.web;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

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
 * The end is decided once, by whoever comes first, and takes the connection out of the
 * index of topics at once. The response is completed by the drainer only, since to
 * complete it while a write is stuck would be stuck as well.
 */
final class Connection implements Subscriber, Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Connection.class);

	/** How long the container has to end a request after its response. */
	private static final long END_NANOS = Duration.ofSeconds(1).toNanos();

	/** How long the container has to report a failed write. */
	private static final long CONTAINER_NANOS = Duration.ofMillis(200).toNanos();

	private final ConnectionContext context;

	private final ConnectionOwner owner;

	private final List<String> topics;

	private final Instant opened = Instant.now();

	private final long openedAt;

	private final ConnectionEmitter emitter;

	private final ConnectionWriter writer;

	private final DrainState drain = new DrainState();

	private final AtomicReference<@Nullable EndReason> endReason = new AtomicReference<>();

	private final AtomicBoolean closed = new AtomicBoolean();

	private volatile ContainerRequest request;

	/** When the end was decided; written once, by who decided it. */
	private volatile long endedAt;

	/** Whether a write failed; set by the drainer. */
	private volatile boolean writeFailed;

	/** Whether Spring could not complete the request; set by the drainer. */
	private volatile boolean unfinished;

	/** The time at which its life is over; {@link Long#MAX_VALUE} for never. */
	private volatile long lifeEnd;

	/** The time at which the authentication expires; {@link Long#MAX_VALUE} for never. */
	private final long expiry;

	/** Set when a heartbeat is due, cleared by the drainer. */
	private volatile boolean heartbeatDue;

	/** Written by the drainer. */
	private volatile long lastWrite;

	/** When to look whether the container has forgotten the request. */
	private volatile long nextLook;

	Connection(ConnectionContext context, ConnectionOwner owner, Opening opening, WriteAborter aborter,
			ContainerRequest request) {
		this.context = context;
		this.owner = owner;
		this.request = request;
		this.topics = opening.topics();
		this.openedAt = context.ticker().getAsLong();
		this.lastWrite = this.openedAt;
		this.lifeEnd = opening.life().isZero() ? Long.MAX_VALUE
				: this.openedAt + context.jitter().shorten(opening.life()).toNanos();
		this.expiry = opening.expiry() == null ? Long.MAX_VALUE : this.openedAt + opening.expiry().toNanos();
		this.emitter = new ConnectionEmitter(this, new BlockedWrite(aborter), context.ticker());
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

	@Nullable EndReason endReason() {
		return this.endReason.get();
	}

	/** Lets the first drain happen soon: Spring owns the emitter. */
	void activate() {
		if (this.drain.activate()) {
			this.context.waits().whenTrue(this.request::isLeft, this::begin);
		}
	}

	private void begin() {
		this.request = this.request.afterwards();
		if (this.drain.ready()) {
			schedule();
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
		boolean more = false;
		try {
			if (this.endReason.get() == null) {
				more = drainOnce();
			}
		}
		catch (IOException ex) {
			logger.debug("Write to {} failed: {}", this, ex.getMessage());
			this.writeFailed = true;
			end(EndReason.WRITE_FAILED);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("{} ends, its drain failed", this, ex);
			end(EndReason.ERROR);
		}
		EndReason reason = this.endReason.get();
		if (reason != null && awaitsContainer()) {
			// tick() signals again.
			this.drain.pause();
		}
		else if (reason != null) {
			finish(reason);
		}
		else if (this.drain.rest(more)) {
			schedule();
		}
	}

	private boolean drainOnce() throws IOException {
		boolean heartbeat = this.heartbeatDue;
		this.heartbeatDue = false;
		DrainBuffer buffer = this.context.buffers().take();
		try {
			boolean more = this.writer.drain(buffer, heartbeat);
			if (this.writer.hasWritten()) {
				this.lastWrite = this.context.ticker().getAsLong();
				this.writer.count(this.lastWrite);
			}
			return more;
		}
		finally {
			this.context.buffers().giveBack(buffer);
		}
	}

	/**
	 * Ends the connection.
	 * @return whether it was this call that ended it
	 */
	boolean end(EndReason reason) {
		if (!this.endReason.compareAndSet(null, reason)) {
			return false;
		}
		this.endedAt = this.context.ticker().getAsLong();
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
		end(EndReason.CLIENT_GONE);
		if (!this.emitter.finish()) {
			this.emitter.finishWithoutSpring();
		}
		closed();
	}

	// Tomcat reports a failed write by itself, and to complete the response meanwhile is
	// a race with that report; Jetty does not, and needs it completed.
	private boolean awaitsContainer() {
		return this.writeFailed && this.context.ticker().getAsLong() - this.endedAt < CONTAINER_NANOS;
	}

	/** Called by the container, and holding its locks, when the request is over. */
	void closed() {
		end(EndReason.CLIENT_GONE);
		if (this.closed.compareAndSet(false, true)) {
			this.context.closed().accept(this);
		}
	}

	private void finish(EndReason reason) {
		try {
			if (reason.saysWhenToReconnect() && !this.closed.get()) {
				this.writer.writeFarewell(reason);
			}
		}
		catch (IOException ex) {
			logger.debug("Last write to {} failed: {}", this, ex.getMessage());
			this.writeFailed = true;
		}
		finally {
			this.unfinished = !this.emitter.finish();
			// After a failed write the container is about to report that, and to complete
			// the request meanwhile makes of the report an error page.
			if (!this.writeFailed) {
				finishWithoutSpring();
			}
			this.nextLook = this.context.ticker().getAsLong() + END_NANOS;
			this.drain.finish();
		}
	}

	private void schedule() {
		execute(this);
	}

	private void execute(Runnable task) {
		try {
			this.context.drainers().execute(task);
		}
		catch (RejectedExecutionException ex) {
			// Only once the registry is gone, which completes nothing any more.
			logger.debug("{} is left to the container: no drainers", this);
		}
	}

	/** Ends the connection at a time, if its life does not end before. */
	void endLifeAt(long time) {
		this.lifeEnd = Math.min(this.lifeEnd, time);
	}

	/**
	 * Does what is due; called again and again by the supervisor.
	 * @param lifeOver why the connection ends if its life is over
	 */
	void tick(long now, EndReason lifeOver) {
		if (this.drain.isOver()) {
			endIfForgotten(now);
			return;
		}
		if (this.writeFailed && !awaitsContainer()) {
			signal();
			return;
		}
		if (this.endReason.get() == null && !this.drain.isPending()) {
			if (now >= this.expiry) {
				end(EndReason.EXPIRED);
			}
			else if (now >= this.lifeEnd) {
				end(lifeOver);
			}
			else if (now - this.lastWrite >= this.context.options().heartbeatInterval().toNanos()
					&& !this.heartbeatDue) {
				this.heartbeatDue = true;
				signal();
			}
		}
	}

	/** Whether it was admitted and has not been ended. */
	boolean isOpen() {
		return !this.topics.isEmpty() && this.endReason.get() == null;
	}

	private void endIfForgotten(long now) {
		if (now >= this.nextLook && !this.closed.get()) {
			this.nextLook = now + END_NANOS;
			execute(() -> {
				finishWithoutSpring();
				this.request.endIfForgotten();
			});
		}
	}

	private void finishWithoutSpring() {
		if (this.unfinished) {
			this.emitter.finishWithoutSpring();
		}
	}

	boolean isPending() {
		return this.drain.isPending();
	}

	boolean isOver() {
		return this.drain.isOver();
	}

	/** Whether it is over for the container too. */
	boolean isClosed() {
		return this.closed.get();
	}

	long openedAt() {
		return this.openedAt;
	}

	/** When the end was decided; only of meaning once it was. */
	long endedAt() {
		return this.endedAt;
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
