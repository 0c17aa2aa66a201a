package io.github.sseredis.test;

import com.launchdarkly.eventsource.StreamClosedByServerException;
import com.launchdarkly.eventsource.StreamException;
import com.launchdarkly.eventsource.StreamHttpErrorException;

/**
 * The end of a connection of an {@link SseTestClient}, or of the attempt to open one.
 *
 * @param cause what the client library says
 * @param wasOpen whether the stream had been opened
 * @param nanos when it was noticed, as {@link System#nanoTime()}
 */
public record SseClosing(StreamException cause, boolean wasOpen, long nanos) {

	/**
	 * Whether the server ended the stream in an orderly way.
	 * @return true if the response was complete
	 */
	public boolean byServer() {
		return this.cause instanceof StreamClosedByServerException;
	}

	/**
	 * The HTTP status that refused the stream.
	 * @return the status, 0 if there was none
	 */
	public int status() {
		return (this.cause instanceof StreamHttpErrorException refused) ? refused.getCode() : 0;
	}

}
