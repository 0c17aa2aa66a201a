package io.github.sseredis.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A block of a stream, that is all lines up to an empty one, whether or not a browser
 * would dispatch an event for it.
 *
 * @param lines the lines as they came, without their ends
 * @param type the event type, {@code message} if the block names none
 * @param data the data, null if the block has none
 * @param id the valid {@code id} field of this block, null if it has none
 * @param retry the valid {@code retry} field of this block, null if it has none
 * @param comments the comments, without the colon and one space
 * @param lastEventId what a browser holds after this block
 * @param nanos when it was complete, as {@link System#nanoTime()}
 */
public record SseBlock(List<String> lines, String type, @Nullable String data, @Nullable String id,
		@Nullable Long retry, List<String> comments, String lastEventId, long nanos) {

	/**
	 * Whether a browser dispatches an event for this block.
	 * @return true if it has data, even empty data
	 */
	public boolean isEvent() {
		return this.data != null;
	}

	/**
	 * Whether the block moves the last event ID and does nothing else.
	 * @return true if all its lines are IDs
	 */
	public boolean isIdOnly() {
		return this.id != null && this.lines.stream().allMatch((line) -> line.startsWith("id:"));
	}

	public boolean isComment() {
		return this.comments.size() == this.lines.size();
	}

}
