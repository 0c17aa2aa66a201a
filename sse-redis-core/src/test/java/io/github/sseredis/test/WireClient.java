package io.github.sseredis.test;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A client of one stream that shows every block of it, whatever protocol it speaks.
 */
public interface WireClient extends AutoCloseable {

	/**
	 * Waits until the status and all headers are there.
	 * @return this
	 */
	WireClient awaitHeaders();

	int status();

	/**
	 * One header of the response.
	 * @param name its name, in any case
	 * @return its values joined by a comma, null if there is none
	 */
	@Nullable String header(String name);

	List<SseBlock> blocks();

	List<SseBlock> awaitBlocks(int count);

	/**
	 * Waits for a block of a kind, among those that have come and those to come.
	 * @param condition which
	 * @param timeout how long
	 * @return the first such block
	 */
	SseBlock awaitBlock(Predicate<SseBlock> condition, Duration timeout);

	/**
	 * Waits until the stream has ended.
	 * @param timeout how long
	 * @return how it ended
	 */
	StreamEnd awaitEnd(Duration timeout);

	StreamEnd end();

	/**
	 * The last event ID as a browser would hold it: blocks with nothing but an ID count.
	 * @return the ID, empty if the stream has sent none
	 */
	String lastEventId();

	/**
	 * The last valid {@code retry}, in milliseconds.
	 * @return the time, null if the stream has sent none
	 */
	@Nullable Long reconnectionTime();

	/** Resets the connection, so that the server's next write fails. */
	void reset();

	/**
	 * Leaves in peace: closes the connection, or tells the server of the stream's end.
	 */
	@Override
	void close();

}
