package io.github.sseredis.test;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the lines up to an empty one say.
 *
 * @param event the event that a browser dispatches, null for none
 * @param lastEventId what a browser holds after this block
 * @param retry the reconnection time, null if the block names none
 * @param comments the comments, without the colon and one space
 */
record StreamBlock(@Nullable ReceivedEvent event, String lastEventId, @Nullable Duration retry, List<String> comments) {

}
