package io.github.sseredis.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How the request of a connection comes to its end in the container. The drainer
 * completes it after its last write, since completing it while a write is stuck would be
 * stuck as well. There are two exceptions:
 *
 * <ul>
 * <li>After a failed write the container has a moment to report that by itself, and is
 * answered there. Tomcat does, and completing the request meanwhile makes an error page
 * of its report. Jetty does not, and needs it completed.</li>
 * <li>What is not over a second after it was completed is completed without Spring, which
 * may have forgotten it, and looked for in the container, which may have, too.</li>
 * </ul>
 *
 * <p>
 * Once a report has begun the drainer leaves the completion to it; where it was faster,
 * the second completion does nothing. That the request is over is said once.
 */
final class Completion {

	/** The ways to complete a response. */
	interface Response {

		/**
		 * Completes it as Spring does.
		 * @return whether Spring could
		 */
		boolean finish();

		/** Completes it where Spring cannot. */
		void finishWithoutSpring();

	}

	/** How long the container has to report a failed write. */
	private static final long REPORT_NANOS = Duration.ofMillis(200).toNanos();

	/** How long the container has to end a request after its response. */
	private static final long END_NANOS = Duration.ofSeconds(1).toNanos();

	private final Response response;

	/** Replaced before the first drain. */
	private volatile ContainerRequest request;

	/** Whether the container has said that the request is over. */
	private final AtomicBoolean closed = new AtomicBoolean();

	/** Whether the container reports that the response is broken. */
	private volatile boolean reported;

	// Written by the drainer, read by the supervisor.

	private volatile long writeFailedAt;

	/** Set after its time. */
	private volatile boolean writeFailed;

	/** Whether Spring could not complete the request. */
	private volatile boolean unfinished;

	// Written by the drainer when it completes, from then on by the supervisor.

	/** When to look whether the container has forgotten the request. */
	private volatile long nextLook;

	Completion(Response response, ContainerRequest request) {
		this.response = response;
		this.request = request;
	}

	/** Whether the request's own thread has left the container. */
	boolean isLeft() {
		return this.request.isLeft();
	}

	/** Keeps of the request what is of use once its thread has left it. */
	void left() {
		this.request = this.request.afterwards();
	}

	/** Whether there can be another write. */
	boolean isWritable() {
		return !this.writeFailed && !this.closed.get();
	}

	/** A write failed, and there is no other; by the drainer. */
	void writeFailed(long now) {
		this.writeFailedAt = now;
		this.writeFailed = true;
	}

	/** Whether a write failed so recently that the container may still report it. */
	boolean awaitsReport(long now) {
		return this.writeFailed && now - this.writeFailedAt < REPORT_NANOS;
	}

	/** Whether a write failed, and the container has not reported that in its time. */
	boolean isUnreported(long now) {
		return this.writeFailed && now - this.writeFailedAt >= REPORT_NANOS;
	}

	/** Completes the request; by the drainer, which writes nothing after that. */
	void complete(long now) {
		if (!this.reported) {
			this.unfinished = !this.response.finish();
			if (!this.writeFailed) {
				completeWithoutSpring();
			}
		}
		this.nextLook = now + END_NANOS;
	}

	/** Completes the request in the container's report that the response is broken. */
	void completeBroken() {
		this.reported = true;
		if (!this.response.finish()) {
			this.response.finishWithoutSpring();
		}
	}

	private void completeWithoutSpring() {
		if (this.unfinished) {
			this.response.finishWithoutSpring();
		}
	}

	/**
	 * The container says that the request is over.
	 * @return whether it says so for the first time
	 */
	boolean close() {
		return this.closed.compareAndSet(false, true);
	}

	/** Whether the container has said that the request is over. */
	boolean isClosed() {
		return this.closed.get();
	}

	/**
	 * Takes the look that is due at a request that was completed and is not over.
	 * @return whether there is one; not again for a second
	 */
	boolean takeLook(long now) {
		if (this.closed.get() || now < this.nextLook) {
			return false;
		}
		this.nextLook = now + END_NANOS;
		return true;
	}

	/** Ends what was completed and forgotten; by a thread that may dispatch. */
	void endIfForgotten() {
		completeWithoutSpring();
		this.request.endIfForgotten();
	}

}
